import Canonical
import Study

@testable import Report

/// A small study of the Shakeout paper's Table 3 with invented results.
enum ReportFixture {
  /// The test errors of a row's arm after the last update, one for each trial; nil diverged.
  typealias Errors = (size: String, arm: String, errors: [Double?])

  static let config = """
    {
      "study": "mnist-shakeout", "title": "Shakeout on MNIST", "trials": 3,
      "dataset": {"name": "mnist", "validation": 10000, "scale": "1/256"},
      "axes": {"network": ["lenet"], "trainSize": [500, 1000]},
      "training": {
        "note": "The paper names no solver; this is that of Caffe's LeNet | a *bar*.",
        "batch": 64, "iterations": 10000, "optimizer": {"momentum": 0.9},
        "learningRate": {"base": 0.01}},
      "arms": [
        {"name": "std-BP"},
        {"name": "Dropout", "regularizers": [{"name": "dropout", "drop": {"select": [0.4, 0.5]}}]},
        {"name": "Shakeout",
         "regularizers": [{"name": "shakeout", "drop": 0.4, "c": "1/sqrt(n)"}]}
      ],
      "reproduces": [
        {"paper": "shakeout", "table": "table3", "when": {"network": "lenet"},
         "row": "{trainSize}", "column": "{arm}", "metric": "test_error"}
      ],
      "profiles": {
        "smoke": {
          "trials": 2, "dataset": {"name": "mnist-5k", "validation": 1000},
          "axes": {"trainSize": [500]}, "training": {"iterations": 100},
          "arms": {"Dropout": {"regularizers": {"dropout": {"drop": 0.5}}}}
        }
      }
    }
    """

  static let errors: [Errors] = [
    ("500", "std-BP", [9.71, 9.82, 9.93]), ("500", "Dropout", [6.22, 6.03, 6.2]),
    ("500", "Shakeout", [4.8, 4.93, 4.78]), ("1000", "std-BP", [6.8, 6.71, 6.9]),
    ("1000", "Dropout", [4, 4.1, nil]), ("1000", "Shakeout", [nil, nil, nil]),
  ]

  /// The study in a profile, with settings of the command line.
  static func study(
    _ profile: String? = nil, settings: [String] = [], only: [String] = [],
    config: String = config
  ) throws -> StudySpec {
    try StudySpec.load(
      file: "study.json", profile: profile, settings: settings, only: only,
      read: { _ in Array(config.utf8) }
    ).get()
  }

  /// What goes on with a study that lies where `run` puts it.
  static func command(_ study: StudySpec) -> RunCommand {
    RunCommand(
      study, folder: "results/\(study.folder)", commandLine: ["regbench", "run", "study.json"])
  }

  /// Records of final runs, evaluated several times.
  static func records(_ errors: [Errors] = errors) -> [RunRecord] {
    errors.flatMap { size, arm, errors in
      errors.enumerated().map { index, error in
        record(size: size, arm: arm, trial: index + 1, error: error)
      }
    }
  }

  /// One record; at the lowest validation error it is better by 0.03, at best by 0.1.
  static func record(
    size: String, arm: String, trial: Int, error: Double?, stage: RunRecord.Stage = .final
  ) -> RunRecord {
    let last = error ?? .nan
    return RunRecord(
      id: "\(arm)-\(size)-\(trial)-\(stage.rawValue)", stage: stage, arm: arm,
      axes: [AxisValue(key: "network", value: "lenet"), AxisValue(key: "trainSize", value: size)],
      trial: trial, hyperparameters: hyperparameters(arm), updates: 10_000, testErrorLast: last,
      testErrorAtBestValidation: last - 0.03, bestValidationError: last + 0.1,
      bestValidationUpdate: 9_000,
      bestTestError: last - 0.1, bestTestUpdate: 8_000, validationErrorLast: last + 0.2,
      trainingLossLast: 0.01, diverged: error == nil, weightsDigest: "0", openBLASCore: "Haswell",
      build: "unknown", dataDigest: "d", isVerified: true,
      arithmetic: Arithmetic(revision: 2, core: "Haswell"), measures: [], seriesDigest: "")
  }

  /// The same record evaluated only at the end.
  static func evaluatedOnce(_ record: RunRecord) -> RunRecord {
    var once = record
    once.testErrorAtBestValidation = record.testErrorLast
    once.bestTestError = record.testErrorLast
    return once
  }

  private static func hyperparameters(_ arm: String) -> [Hyperparameter] {
    switch arm {
    case "Dropout": [Hyperparameter(name: "drop", value: 0.5)]
    case "Shakeout":
      [
        Hyperparameter(name: "drop", value: 0.4),
        Hyperparameter(name: "c", value: 0.044721359549995794),
      ]
    default: []
    }
  }

  /// The table of the full profile.
  static func table() throws -> ResultTable {
    ResultTable(study: try study(), records: records())
  }

  /// The table of the smoke profile, evaluated once.
  static func smokeTable() throws -> ResultTable {
    let errors = errors.prefix(3).map { ($0.size, $0.arm, Array($0.errors.prefix(2))) }
    return ResultTable(study: try study("smoke"), records: records(errors).map(evaluatedOnce))
  }

  /// A study of one's own: no published table, data that nobody verified.
  static func ownStudy() throws -> StudySpec {
    let document = try JSONParser.parse(Array(config.utf8), file: "study.json").get()
    var own = document
    own["reproduces"] = nil
    own["title"] = nil
    own["study"] = .string("own")
    own["dataset"]?["unverified"] = .bool(true)
    return try study(config: own.prettyText)
  }
}

import Study

@testable import Report

/// A small study with invented results: LeNet on 500 and 1,000 images, three arms, three trials.
enum ReportFixture {
  /// The mapping to the Shakeout paper's Table 3.
  static let table3 = StudyOutline.Mapping(
    paper: "shakeout", table: "table3", metric: .testError, margin: nil,
    covers: { group in group.axes.contains(AxisValue(key: "network", value: "lenet")) },
    row: { group in group.axes.first { $0.key == "trainSize" }?.value ?? "" },
    column: { $0.arm })

  /// Test errors after the last update by size and arm, one for each trial; nil diverged.
  static let lastErrors: [(size: String, arm: String, errors: [Double?])] = [
    ("500", "std-BP", [9.71, 9.82, 9.93]), ("500", "Dropout", [6.22, 6.03, 6.2]),
    ("500", "Shakeout", [4.8, 4.93, 4.78]), ("1000", "std-BP", [6.8, 6.71, 6.9]),
    ("1000", "Dropout", [4, 4.1, nil]), ("1000", "Shakeout", [nil, nil, nil]),
  ]

  /// The study with its runs.
  static func outline(
    profile: String = "paper", dataset: String = "mnist", isVerified: Bool = true,
    isAltered: Bool = false
  ) -> StudyOutline {
    StudyOutline(
      name: "mnist-shakeout", title: "Shakeout on MNIST", profile: profile, isAltered: isAltered,
      reduced: nil,
      trials: 3, selectsHyperparameters: true, selectsOnTest: false,
      notes: ["training: solver not stated in the paper"], cores: ["Haswell"],
      mappings: [table3],
      groups: lastErrors.map { size, arm, errors in
        ResultGroup(
          arm: arm,
          axes: [
            AxisValue(key: "network", value: "lenet"), AxisValue(key: "trainSize", value: size),
          ], dataset: dataset, isVerified: isVerified, validationImages: 10_000, updates: 10_000,
          hyperparameters: hyperparameters(arm), runs: errors.enumerated().map(outcome))
      })
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

  private static func outcome(_ index: Int, _ error: Double?) -> RunOutcome {
    RunOutcome(
      trial: index + 1, diverged: error == nil, last: error ?? .nan,
      atBestValidation: error.map { $0 - 0.03 }, best: error.map { $0 - 0.1 },
      lastValidation: error.map { $0 + 0.2 }, bestValidation: error.map { $0 + 0.1 })
  }
}

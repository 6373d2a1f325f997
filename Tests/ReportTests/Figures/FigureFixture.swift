import Study

@testable import Report

/// A study that asks for figures, with invented records and series.
enum FigureFixture {
  /// Three arms of a penalty and one without, at two sizes.
  static func config(_ figures: [FigureKind], axes: String = "\"trainSize\": [300, 600]") -> String
  {
    // An arm with candidates, for the one figure that is about them.
    let tuned =
      figures.contains { $0.name == "errorAgainstTuning" }
      ? #", {"name": "tuned", "regularizers": [{"name": "l1", "lambda": {"select": [0.1, 0.2]}}]}"#
      : ""
    return """
      {
        "study": "drawn", "title": "Drawn", "trials": 2,
        "dataset": {"name": "mnist-5k", "validation": 500},
        "axes": {\(axes)},
        \(axes.contains("network") ? "" : "\"network\": {\"name\": \"mlp\", \"hidden\": [8]},")
        "training": {"batch": 10, "iterations": 60, "optimizer": {"momentum": 0.9},
          "learningRate": {"base": 0.01}},
        "arms": [
          {"name": "plain"},
          {"name": "L1 0.0001", "regularizers": [{"name": "l1", "lambda": 0.0001}]},
          {"name": "L1 0.001", "regularizers": [{"name": "l1", "lambda": 0.001}]},
          {"name": "L1 0.01", "regularizers": [{"name": "l1", "lambda": 0.01}]}\(tuned)
        ],
        "figures": [\(figures.map { "\"\($0.name)\"" }.joined(separator: ", "))]
      }
      """
  }

  /// The study.
  static func study(
    _ figures: [FigureKind], axes: String = "\"trainSize\": [300, 600]"
  ) throws -> StudySpec {
    try ReportFixture.study(config: config(figures, axes: axes))
  }

  /// A record for each row and trial.
  static func records(_ study: StudySpec) -> [RunRecord] {
    candidates(study)
      + study.rows.enumerated().flatMap { index, row in
        (1...study.trials).map { trial in
          var record = ReportFixture.record(
            size: "\(index)", arm: row.arm, trial: trial,
            error: 10 + Double(index) + 0.5 * Double(trial))
          record.axes = row.axes
          let strength = Double(row.arm.split(separator: " ").last ?? "") ?? 0
          record.hyperparameters = strength > 0 ? [.init(name: "lambda", value: strength)] : []
          record.measures = [Measure(name: "sparsity", value: 0.1 * Double(index % 4))]
          return record
        }
      }
  }

  /// Two candidates for each row of an arm that has any.
  private static func candidates(_ study: StudySpec) -> [RunRecord] {
    study.rows.filter { $0.arm == "tuned" }.enumerated().flatMap { index, row in
      [0.1, 0.2].map { strength in
        var record = ReportFixture.record(
          size: "c\(index)-\(strength)", arm: row.arm, trial: 0, error: 10 + 5 * strength,
          stage: .selection)
        record.axes = row.axes
        record.hyperparameters = [.init(name: "lambda", value: strength)]
        return record
      }
    }
  }

  /// Every known series of every record.
  static func series(_ records: [RunRecord]) -> [String: [SeriesRun]] {
    var series: [String: [SeriesRun]] = [:]
    for record in records {
      for one in all(trial: Double(record.trial), arm: record.arm) {
        series[one.name, default: []].append(SeriesRun(record, one))
      }
    }
    return series
  }

  private static func all(trial: Double, arm: String) -> [Series] {
    let steps = stride(from: 0.0, through: 1, by: 0.1).map { $0 }
    func curve(_ name: String, _ value: (Double) -> Double) -> [SeriesPoint] {
      steps.map { SeriesPoint(curve: name, x: $0, y: value($0) * (1 + trial / 10)) }
    }
    let grid = steps.flatMap { y in
      steps.map { SeriesPoint(curve: "\(y)", x: $0, y: $0 * $0 + y) }
    }
    return [
      Series(
        name: "learningCurve",
        points: curve("training_loss") { 2 - $0 } + curve("test_error") { 50 - $0 }),
      Series(name: "weightHistogram", points: curve("fc1.weight") { 1 - $0 }),
      Series(name: "unitMaxima", points: curve("fc1.weight") { $0 }),
      Series(name: "pruningCurve", points: curve("fc1.weight") { $0 }),
      Series(
        name: "gradientStatistics",
        points: curve("gradient") { 1e-3 * (1.1 - $0) } + curve("weight") { $0 }),
      Series(name: "varianceShift", points: curve("stage2") { $0 }),
      Series(
        name: "ganValue",
        points: curve("value.min") { $0 } + curve("value.max") { $0 + 2 }
          + curve("value.mean") { $0 + 1 }),
      Series(name: "effectiveWeight", points: curve("reversed") { -$0 } + curve("enhanced") { $0 }),
      Series(name: "regularizerCurve", points: curve(arm) { $0 }),
      Series(name: "regularizerContour", points: grid),
      Series(
        name: "predictions",
        points: curve("training") { $0 } + curve("target") { $0 } + curve("prediction") { $0 }),
      Series(name: "shiftRatio", points: curve("theory") { 1 - $0 } + curve("measured") { 1 - $0 }),
      Series(
        images: (0..<3).map {
          FilterImage(unit: $0, width: 2, height: 2, low: 0, high: 1, pixels: [0, 99, 200, 255])
        }),
    ]
  }
}

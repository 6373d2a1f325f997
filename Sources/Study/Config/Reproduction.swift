import Canonical

/// Which cells of a published table a study recomputes.
public struct Reproduction: Sendable {
  /// What a published cell measures.
  public enum Metric: String, CaseIterable, Sendable {
    /// Per cent of test images classified wrongly.
    case testError = "test_error"
    /// Per cent classified rightly.
    case testAccuracy = "test_accuracy"
    /// The share of numbers that are exactly 0.
    case sparsity
    /// Var(evaluation)/Var(training) behind an activation.
    case shiftRatio = "shift_ratio"
  }

  /// The papers' names.
  public static let papers = [
    "shakeout", "drop_activation", "marginalized_noise", "delayed_strong_reg",
  ]

  /// The paper, one of `papers`.
  public let paper: String
  /// The table, for example `table3`.
  public let table: String
  /// The study's cells that the table holds.
  public let condition: Condition
  /// The published row of a cell.
  public let row: NameTemplate
  /// The published column of a cell.
  public let column: NameTemplate
  /// What is measured.
  public let metric: Metric
  /// The margin within which a mean counts as reproduced, in the metric's unit; nil for the default.
  public let margin: Double?

  /// Reads `{"paper": …, "table": …, "when": …, "row": …, "column": …, "metric": …, "margin": …}`.
  init(reading reader: ObjectReader, axes: [Axis], arms: [String]) {
    paper = reader.string("paper")
    if reader.value["paper"]?.stringValue != nil, !Self.papers.contains(paper) {
      reader.reportUnknown(paper, of: "paper", Self.papers, reader.location(of: "paper"))
    }
    table = reader.string("table")
    condition = Condition(
      reading: reader.raw("when"), axes: axes, arms: arms, reader.diagnostics)
    let known = ["arm"] + axes.map(\.key)
    row = NameTemplate(reading: reader, key: "row", known: known)
    column = NameTemplate(reading: reader, key: "column", known: known)
    metric = reader.choice("metric", default: .testError)
    margin = reader.has("margin") ? reader.double("margin", in: 0...1e6) : nil
    reader.finish()
  }
}

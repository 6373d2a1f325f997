import Canonical

/// Which cells of a published table a study recomputes.
package struct Reproduction: Configurable {
  /// The papers' names.
  package static var papers: [String] { PublishedNumbers.embedded.papers.map(\.paper) }

  /// Runs of one row and column that count as one sample, whatever their axes.
  struct Pool: Configurable {
    /// The share of best runs that is kept.
    var keep = 1.0

    static let blank = Pool()
    static let fields: [Field<Pool>] = [
      .number(
        "keep", \.keep, in: 1e-6...1, .optional,
        "the share of best runs that is kept")
    ]
  }

  /// The paper, one of `papers`.
  package private(set) var paper = ""
  /// The table, for example `table3`.
  package private(set) var table = ""
  private var when: JSONValue?
  /// The published row of a cell.
  package private(set) var row = NameTemplate()
  /// The published column of a cell.
  package private(set) var column = NameTemplate()
  /// What is measured.
  package private(set) var metric = Metric.testError
  /// The margin within which a mean counts as reproduced, in the metric's unit; nil for the default.
  package private(set) var margin: Double?
  /// The arm that others are set against, for metrics that compare two.
  package private(set) var over: String?
  /// The axis along which the lowest value is looked for, for `argmin_p`.
  package private(set) var along: String?
  private var pool: Pool?
  /// The study's cells that the table holds.
  package private(set) var condition = CellFilter()
  /// Where its keys stand.
  private(set) var locations: [String: SourceLocation] = [:]

  /// The share of best runs that is kept where all runs of one row and column count as one sample,
  /// whatever their axes; nil where such cells stay apart.
  package var pooledShare: Double? { pool?.keep }

  package static let blank = Reproduction()
  package static let fields: [Field<Reproduction>] = [
    .name("paper", \.paper, of: "paper", among: papers, .required, "the paper"),
    .text("table", \.table, .required, "its table, for example `table3`"),
    .written(
      "when", \.when, .optional, "the cells that the table holds", schema: Schema.anyObject),
    .template("row", \.row, "the published row, with `{arm}` and `{axis}` filled in"),
    .template("column", \.column, "the published column, likewise"),
    .choice("metric", \.metric, .optional, "what is compared"),
    .number(
      "margin", \.margin, in: 0...1e6,
      "how far from the published mean still counts as reproduced"),
    .text("over", \.over, "the arm that the others are set against"),
    .text("along", \.along, "the axis along which the lowest value is looked for"),
    .object(
      "pool", \.pool, "whether all runs of a row and column are one sample, whatever their axes"),
  ]

  package func check(_ reader: ObjectReader) {
    guard margin != nil, metric.source == .axis else { return }
    reader.diagnostics.add(
      Diagnostic(
        .warning, at: reader.location(of: "margin"),
        "\"margin\" says nothing about \"\(metric.name)\": a place on a grid is the paper's or "
          + "another one"))
  }

  private init() {}

  /// Reads a mapping of a study with these axes and arms.
  init(reading reader: ObjectReader, axes: [Axis], arms: [String]) {
    self.init(reading: reader)
    condition = CellFilter(reading: when, axes: axes, arms: arms, reader.diagnostics)
    let known = [CellFilter.arm] + axes.map(\.key)
    row.check("row", known: known, reader)
    column.check("column", known: known, reader)
    over = name(over, "over", among: arms, isNeeded: metric.source == .twoArms, reader)
    along = name(along, "along", among: axes.map(\.key), isNeeded: metric.source == .axis, reader)
    for key in ["table", "row", "column", "metric"] { locations[key] = reader.location(of: key) }
  }

  /// The name of an arm or axis under `key`, which belongs to some metrics and to no others.
  private func name(
    _ name: String?, _ key: String, among known: [String], isNeeded: Bool, _ reader: ObjectReader
  ) -> String? {
    if name != nil, !isNeeded {
      reader.report("\"\(key)\" says nothing about \"\(metric.name)\"", key: key)
    } else if let name, reader.value[key]?.stringValue != nil, !known.contains(name) {
      reader.reportUnknown(name, of: key, known, reader.location(of: key))
    } else if name == nil, isNeeded {
      reader.report(
        "\"\(metric.name)\" needs \"\(key)\"", key: "metric", advice: Advice.among(known))
    }
    return name
  }

  /// Where in the published table the study's cells stand, each place once, in the study's order.
  package func places(in study: StudySpec) -> [(row: String, column: String)] {
    var seen: Set<[String]> = []
    return study.rows.compactMap { cells in
      let (arm, axes) = (cells.arm, cells.axes)
      guard condition.matches(arm: arm, axes: axes) else { return nil }
      let place = (row: row.text(arm: arm, axes: axes), column: column.text(arm: arm, axes: axes))
      return seen.insert([place.row, place.column]).inserted ? place : nil
    }
  }
}

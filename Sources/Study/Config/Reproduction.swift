import Canonical

/// Which cells of a published table a study recomputes.
package struct Reproduction: Sendable {
  /// The papers' names.
  package static var papers: [String] { PublishedNumbers.embedded.papers.map(\.paper) }

  private static let margins = 0.0...1e6
  private static let shares = 1e-6...1.0

  /// The paper, one of `papers`.
  package let paper: String
  /// The table, for example `table3`.
  package let table: String
  /// The study's cells that the table holds.
  package let condition: CellFilter
  /// The published row of a cell.
  package let row: NameTemplate
  /// The published column of a cell.
  package let column: NameTemplate
  /// What is measured.
  package let metric: Metric
  /// The margin within which a mean counts as reproduced, in the metric's unit; nil for the default.
  package let margin: Double?
  /// The arm that others are set against, for metrics that compare two.
  package let over: String?
  /// The axis along which the lowest value is looked for, for `argmin_p`.
  package let along: String?
  /// The share of best runs that is kept where all runs of one row and column count as one sample,
  /// whatever their axes; nil where such cells stay apart.
  package let pooledShare: Double?
  /// Where its keys stand.
  let locations: [String: SourceLocation]

  /// Reads `{"paper": …, "table": …, "when": …, "row": …, "column": …, "metric": …, "margin": …}`, and
  /// `"over"` (an arm), `"along"` (an axis), `"pool": {"keep": 0.875}` where the metric or the table
  /// asks for it.
  init(reading reader: ObjectReader, axes: [Axis], arms: [String]) {
    paper = reader.string("paper")
    if reader.value["paper"]?.stringValue != nil, !Self.papers.contains(paper) {
      reader.reportUnknown(paper, of: "paper", Self.papers, reader.location(of: "paper"))
    }
    table = reader.string("table")
    condition = CellFilter(
      reading: reader.raw("when"), axes: axes, arms: arms, reader.diagnostics)
    let known = ["arm"] + axes.map(\.key)
    row = NameTemplate(reading: reader, key: "row", known: known)
    column = NameTemplate(reading: reader, key: "column", known: known)
    metric = reader.choice("metric", default: .testError)
    margin = reader.has("margin") ? reader.double("margin", in: Self.margins) : nil
    over = Self.name("over", reader, among: arms, isNeeded: metric.source == .twoArms)
    if margin != nil, metric.source == .axis {
      reader.diagnostics.add(
        Diagnostic(
          .warning, at: reader.location(of: "margin"),
          "\"margin\" says nothing about \"\(metric.name)\": a place on a grid is the paper's or "
            + "another one"))
    }
    along = Self.name("along", reader, among: axes.map(\.key), isNeeded: metric.source == .axis)
    pooledShare =
      reader.has("pool")
      ? reader.object("pool") { pool in
        defer { pool.finish() }
        return pool.double("keep", default: 1, in: Self.shares)
      } : nil
    locations = Dictionary(
      uniqueKeysWithValues: ["table", "row", "column", "metric"].map {
        ($0, reader.location(of: $0))
      })
    reader.finish()
  }

  /// The name of an arm or axis under `key`, which belongs to some metrics and to no others.
  private static func name(
    _ key: String, _ reader: ObjectReader, among known: [String], isNeeded: Bool
  ) -> String? {
    let metric = reader.value["metric"]?.stringValue ?? ""
    guard reader.has(key) else {
      if isNeeded {
        reader.report("\"\(metric)\" needs \"\(key)\"", key: "metric", advice: Advice.among(known))
      }
      return nil
    }
    let name = reader.string(key)
    if !isNeeded {
      reader.report("\"\(key)\" says nothing about \"\(metric)\"", key: key)
    } else if !known.contains(name) {
      reader.reportUnknown(name, of: key, known, reader.location(of: key))
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

extension Reproduction {
  /// The keys of a mapping to a published table.
  static var keys: [ConfigKey] {
    [
      ConfigKey("paper", .required, "the paper", schema: Schema.choice(papers)),
      ConfigKey("table", .required, "its table, for example `table3`", schema: Schema.string),
      ConfigKey("when", .optional, "the cells that the table holds", schema: Schema.anyObject),
      ConfigKey(
        "row", .required, "the published row, with `{arm}` and `{axis}` filled in",
        schema: Schema.string),
      ConfigKey("column", .required, "the published column, likewise", schema: Schema.string),
      ConfigKey(
        "metric", .optional, "what is compared, `test_error` unless said otherwise",
        schema: Schema.choice(Metric.allCases.map(\.rawValue))),
      ConfigKey(
        "margin", .optional, "how far from the published mean still counts as reproduced",
        schema: Schema.number(margins)),
      ConfigKey(
        "over", .optional, "the arm that the others are set against", schema: Schema.string),
      ConfigKey(
        "along", .optional, "the axis along which the lowest value is looked for",
        schema: Schema.string),
      ConfigKey(
        "pool", .optional,
        "whether all runs of a row and column are one sample, whatever their axes",
        schema: Schema.object([
          ConfigKey(
            "keep", .optional, "the share of best runs that is kept, 1 unless said otherwise",
            schema: Schema.number(shares))
        ])),
    ]
  }
}

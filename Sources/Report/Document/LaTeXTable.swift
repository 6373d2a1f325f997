import Study

/// One table of a study for a paper: published values below ours, the best of each row in bold.
struct LaTeXTable {
  private let section: ResultSection
  private let study: StudySpec
  /// What the caption says of a study that is smaller or altered; empty for others.
  private let reduction: String
  /// Rows of which anything has finished.
  private let rows: [String]
  /// How many runs every mean has; nil where they differ or runs diverged.
  private let count: Int?

  /// Widths in TeX's points: a character of the standard font at 10 points, the space between two
  /// columns, and the usual column of a page with two.
  private static let (character, gap, column) = (5.0, 12.0, 240.0)
  private static let bothColumns = 506.0
  private static let pointsPerCentimetre = 28.45

  init(_ section: ResultSection, of table: ResultTable) {
    self.section = section
    study = table.study
    let what =
      table.study.recomputesPaper
      ? " A reduced study, not a reproduction." : " Not the whole study."
    reduction = table.reduction != nil && table.study.isReduced ? what : ""
    let shown = section.lines.filter { $0.selection == section.selection && $0.hasRuns }
    let begun = Set(shown.map(\.row))
    rows = section.rows.filter(begun.contains)
    let counts = Set(shown.map(\.count))
    count =
      counts.count == 1 && shown.allSatisfy { $0.diverged == 0 && $0.p == nil }
      ? counts.first : nil
  }

  /// The environment with caption and label.
  var text: String {
    guard !rows.isEmpty else {
      return "% \(section.title.oneLine): nothing has finished yet.\n"
    }
    let header = [section.rowMeaning] + section.columns
    let body = rows.flatMap(lines)
    let width = self.width([header] + body.map(\.cells))
    let isWide = width > Self.column
    let environment = isWide ? "table*" : "table"
    let size = "\(DecimalText.fixed(width / Self.pointsPerCentimetre, decimals: 1)) cm"
    let room =
      !isWide
      ? "fits a column of 8.4 cm"
      : width <= Self.bothColumns
        ? "wider than a column of 8.4 cm, so table* takes both columns of a page with two"
        : "wider than both columns of a page with two (17.8 cm): make it smaller, or turn it"
    let alignment = String(repeating: "r", count: section.columns.count)
    let lines =
      [
        "% About \(size) wide at 10 points: \(room).", "\\begin{\(environment)}", "\\centering",
        "\\caption{\(LaTeXRenderer.escaped(caption))}", "\\label{\(label)}",
        "\\begin{tabular}{l\(alignment)}", "\\toprule", LaTeXRenderer.line(header), "\\midrule",
      ] + body.map { LaTeXRenderer.line($0.cells, isBest: $0.best) } + [
        "\\bottomrule", "\\end{tabular}", "\\end{\(environment)}",
      ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ row: String, _ column: String) -> ResultLine? {
    section.line(row: row, column: column, section.selection)
  }

  /// Ours, and below it what the paper prints.
  private func lines(_ row: String) -> [(cells: [String], best: Set<Int>)] {
    let lines = section.columns.map { line(row, $0) }
    let best = Set(
      section.columns.indices.filter { isBest(row, section.columns[$0]) }.map { $0 + 1 })
    let ours = ([row] + lines.map { $0.map(text) ?? ResultLine.nothing }, best)
    guard lines.contains(where: { $0?.publishedMean != nil }) else { return [ours] }
    let published =
      ["published"] + lines.map { $0?.publishedText ?? ResultLine.nothing }
    return [ours, (published, [])]
  }

  /// The number of runs stands in the caption where all means have the same.
  private func text(_ line: ResultLine) -> String {
    guard count != nil, let mean = line.meanText else { return line.text }
    return mean + (line.spreadText.map { " ± \($0)" } ?? "")
  }

  /// Whether a mean is the best among those that it can be compared with: the methods of its row; where
  /// rows are networks with methods, those of its network in its column.
  private func isBest(_ row: String, _ column: String) -> Bool {
    guard let mean = line(row, column)?.mean else { return false }
    let rivals: [Double]
    if section.published?.methodsAreRows == true {
      let network = row.split(separator: " / ").first
      rivals = rows.filter { $0.split(separator: " / ").first == network }
        .compactMap { line($0, column)?.mean }
    } else {
      rivals = section.columns.compactMap { line(row, $0)?.mean }
    }
    guard rivals.count > 1 else { return false }
    switch section.metric.direction {
    case .smallerIsBetter: return mean == rivals.min()
    case .largerIsBetter: return mean == rivals.max()
    case .neither: return false
    }
  }

  private var caption: String {
    let kind = (section.lines.first?.spreadKind ?? .standardDeviation).label
    let runs = count.map { $0 == 1 ? " of one run" : " over \($0) runs" } ?? " (runs)"
    let spread = count == 1 ? "" : " ± \(kind)"
    let below = section.hasPublishedNumbers ? "; below, what the paper prints" : ""
    let (title, measure) = (section.title, section.metric.title)
    let what = title.hasSuffix(measure) ? title : "\(title). \(measure)"
    return "\(what): mean\(spread)\(runs)\(below)."
      + (section.tuningRemark.map { " \($0)" } ?? "")
      + reduction
  }

  private var label: String {
    let parts = [study.name, study.profile, section.published?.table, section.metric.name]
    return "tab:" + parts.compactMap(\.self).map(Figure.fileSafe).joined(separator: "-")
  }

  private func width(_ rows: [[String]]) -> Double {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return Double(widths.reduce(0, +)) * Self.character + Double(widths.count) * Self.gap
  }
}

import Model
import Study

/// How far the variants of a study are from a published table that they try to explain: our means minus
/// the printed ones. Variants may be chosen with the printed numbers in sight, so none is judged.
struct VariantDistances: Sendable {
  /// What stands above them.
  static let heading = "Distance to the published numbers"

  private let paper: PublishedPaper
  private let table: PublishedTable
  private let metric: Metric
  /// What tells variants apart.
  private let rowMeaning: String
  /// The variants in the study's order.
  private var variants: [String] = []
  /// The arms in the study's order.
  private var arms: [String] = []
  /// The published columns in the order of the arms, each with the arms that stand against it.
  private var columns: [(name: String, arms: [String])] = []
  /// The cells that stand against something, in the table's order.
  private var printed: [PublishedCell] = []
  private var differences: [Place: Double] = [:]

  private struct Place: Hashable {
    let variant: String
    let arm: String
  }

  /// Sets groups against what mappings of one table and metric name; nil without numbers to set against
  /// each other, or on other data than the paper's.
  init?(
    _ mappings: [Reproduction], _ study: StudySpec, _ groups: [ResultGroup],
    _ published: PublishedNumbers
  ) {
    guard let first = mappings.first, let paper = published.paper(first.paper),
      let table = published.table(first.paper, first.table)
    else { return nil }
    (self.paper, self.table, metric) = (paper, table, first.metric)
    rowMeaning = study.axes.map { study.axisTitle($0.key) }.joined(separator: " / ")
    for group in groups {
      guard let mapping = mappings.first(where: { $0.covers(group) }), group.isVerified,
        table.dataset == nil || table.dataset == group.dataset,
        let cell = published.cell(
          first.paper, first.table, row: mapping.row(of: group),
          column: mapping.column(of: group)), let theirs = cell.mean
      else { continue }
      add(group, cell)
      guard let ours = Statistics.mean(group.valuesInOrder(of: metric, table.selection)) else {
        continue
      }
      differences[Place(variant: Self.name(of: group), arm: group.arm)] = ours - theirs
    }
    if differences.isEmpty { return nil }
  }

  private static func name(of group: ResultGroup) -> String {
    group.axes.map(\.value).joined(separator: " / ")
  }

  private mutating func add(_ group: ResultGroup, _ cell: PublishedCell) {
    let variant = Self.name(of: group)
    if !variants.contains(variant) { variants.append(variant) }
    if !arms.contains(group.arm) { arms.append(group.arm) }
    if !printed.contains(cell) { printed.append(cell) }
    guard let place = columns.firstIndex(where: { $0.name == cell.column }) else {
      columns.append((cell.column, [group.arm]))
      return
    }
    if !columns[place].arms.contains(group.arm) { columns[place].arms.append(group.arm) }
  }

  /// One arm for each published column, in every way.
  private var choices: [[String]] {
    columns.reduce([[]]) { choices, column in
      choices.flatMap { choice in column.arms.map { choice + [$0] } }
    }
  }

  /// The mean of the differences' sizes over a choice of arms; nil while one is missing.
  private func distance(_ variant: String, _ choice: [String]) -> Double? {
    let known = choice.compactMap { differences[Place(variant: variant, arm: $0)] }
    return known.count == choice.count ? Statistics.mean(known.map(abs)) : nil
  }

  /// What the columns of mean distances are called: where two arms stand against one column, each names
  /// its own.
  private func title(_ choice: [String]) -> String {
    let alternatives = zip(columns, choice).filter { $0.0.arms.count > 1 }.map(\.1)
    return alternatives.isEmpty
      ? "mean distance" : "mean distance, \(alternatives.joined(separator: ", "))"
  }

  var blocks: [Block] {
    func text(_ value: Double?) -> String {
      value.map { DecimalText.fixed($0, decimals: metric.decimals) } ?? ResultLine.nothing
    }
    let place = "\(paper.name), \(table.label)"
    let numbers = printed.map { cell in
      "\(cell.row), \(cell.column): \(text(cell.mean))"
    }.joined(separator: "; ")
    let choices = choices
    let rows = variants.map { variant in
      let own = arms.map { text(differences[Place(variant: variant, arm: $0)]) }
      let whole = choices.map { text(distance(variant, $0)) }
      return [variant] + own + whole
    }
    let explanation =
      "\(metric.title) \(table.selection.label): our mean minus the one printed in \(place) "
      + "(\(numbers)), and the mean size of these differences. Variants are no reproduction: they may "
      + "be chosen with the printed numbers in sight, so none is judged."
    return [
      .paragraph(explanation),
      .table(
        Table(
          caption: "Distance to \(place)", header: [rowMeaning] + arms + choices.map(title),
          rows: rows, words: [])),
    ]
  }
}

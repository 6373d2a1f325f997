import Canonical
import Study

/// `table.csv`: one line for each cell and selection.
package enum CSVExport {
  /// The columns, in order.
  package static let columns = [
    "paper", "table", "row", "column", "metric", "unit", "selection", "mean", "spread",
    "spread_kind", "n", "diverged", "published_mean", "published_spread", "delta", "verdict",
    "profile",
  ]

  /// The table as CSV with a header; absent values are empty fields.
  package static func text(_ table: ResultTable) -> String {
    ([columns] + table.lines.map { fields($0).map(\.oneLine) }).map(CSV.row).joined()
  }

  private static func fields(_ line: ResultLine) -> [String] {
    [
      line.paper, line.table, line.row, line.column, line.metric.name,
      line.metric.unit.rawValue,
      line.selection.rawValue, line.meanText ?? "", line.spreadText ?? "",
      line.spreadKind.rawValue, String(line.count), String(line.diverged),
      line.publishedMeanText ?? "", line.publishedSpreadText ?? "", line.deltaText ?? "",
      line.verdict?.rawValue ?? "", line.profile,
    ]
  }
}

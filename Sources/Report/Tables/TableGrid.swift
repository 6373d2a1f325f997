/// A table as text cells, before an exporter draws it: the first column holds labels, all others
/// numbers.
public struct TableGrid: Sendable, Equatable {
  /// The header, one text a column.
  public var header: [String]
  /// The body.
  public var rows: [[String]]
}

extension ResultSection {
  /// The table as papers print it: methods as columns, ours and, under the section's own
  /// selection, the published value beside it.
  public func grid(_ selection: ErrorSelection) -> TableGrid {
    let shown = columns.map { column in
      (
        column: column,
        withPublished: selection == self.selection
          && lines.contains { $0.column == column && $0.publishedMean != nil }
      )
    }
    let header = shown.flatMap { $0.withPublished ? [$0.column, "published"] : [$0.column] }
    let body = rows.map { row in
      [row]
        + shown.flatMap { column, withPublished in
          let line = line(row: row, column: column, selection)
          let ours = line?.text ?? ResultLine.nothing
          return withPublished ? [ours, line?.publishedText ?? ResultLine.nothing] : [ours]
        }
    }
    return TableGrid(header: [rowMeaning] + header, rows: body)
  }

  /// The verdicts of the section's own selection, laid out like the table.
  public var verdictGrid: TableGrid {
    TableGrid(
      header: [rowMeaning] + columns,
      rows: rows.map { row in
        [row]
          + columns.map {
            line(row: row, column: $0, selection)?.verdict?.rawValue ?? ResultLine.nothing
          }
      })
  }
}

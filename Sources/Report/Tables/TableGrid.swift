import Study

/// A table as text cells, before an exporter draws it: the first column holds labels, all others
/// numbers.
package struct TableGrid: Sendable, Equatable {
  /// The header, one text a column.
  package var header: [String]
  /// The body.
  package var rows: [[String]]
}

extension ResultSection {
  /// The table as papers print it: methods as columns, ours and, under the section's own
  /// selection, the published value beside it.
  package func grid(_ selection: ErrorSelection) -> TableGrid {
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

  /// The table with the published values below ours instead of beside: half as wide.
  package var stackedGrid: TableGrid {
    let body = rows.flatMap { row in
      let lines = columns.map { line(row: row, column: $0, selection) }
      let ours = [row] + lines.map { $0?.text ?? ResultLine.nothing }
      guard lines.contains(where: { $0?.publishedMean != nil }) else { return [ours] }
      return [ours, ["  published"] + lines.map { $0?.publishedText ?? ResultLine.nothing }]
    }
    return TableGrid(header: [rowMeaning] + columns, rows: body)
  }

  /// The verdicts of the section's own selection, laid out like the table.
  package var verdictGrid: TableGrid {
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

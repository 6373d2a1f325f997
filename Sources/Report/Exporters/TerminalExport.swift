import Study

/// The tables for a terminal: aligned columns within a width, no colours.
package enum TerminalExport {
  /// The text; tables that are wider than `width` columns are cut into blocks of columns that
  /// repeat the labels.
  package static func text(_ table: ResultTable, width: Int = 80) -> String {
    var blocks = [wrapped(table.heading, width).joined(separator: "\n")]
    for section in table.sections {
      blocks.append(
        (wrapped(section.title, width) + wrapped(section.explanation, width))
          .joined(separator: "\n"))
      let wide = section.grid(section.selection)
      let grid = totalWidth(wide) <= width ? wide : section.stackedGrid
      blocks += parts(of: grid, width).map(draw)
      if let verdicts = section.verdictSummary {
        blocks.append(wrapped(verdicts, width).joined(separator: "\n"))
      }
      if section.needsVerdictGrid { blocks += parts(of: section.verdictGrid, width).map(draw) }
    }
    if let reduction = table.reduction {
      blocks.append(wrapped(reduction, width).joined(separator: "\n"))
    }
    blocks += table.remarks.map { wrapped($0, width).joined(separator: "\n") }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// Cuts a grid that is wider than `width` into blocks of columns.
  private static func parts(of grid: TableGrid, _ width: Int) -> [TableGrid] {
    let widths = columnWidths(grid)
    var blocks: [[Int]] = []
    var used = 0
    for column in grid.header.indices.dropFirst() {
      let needed = gap.count + widths[column]
      if let last = blocks.indices.last, used + needed <= width {
        blocks[last].append(column)
        used += needed
      } else {
        blocks.append([0, column])
        used = widths[0] + needed
      }
    }
    return blocks.map { columns in
      TableGrid(
        header: columns.map { grid.header[$0] },
        rows: grid.rows.map { row in columns.map { row[$0] } })
    }
  }

  private static let gap = "  "

  private static func columnWidths(_ grid: TableGrid) -> [Int] {
    grid.header.indices.map { column in
      max(grid.header[column].count, grid.rows.map { $0[column].count }.max() ?? 0)
    }
  }

  private static func totalWidth(_ grid: TableGrid) -> Int {
    columnWidths(grid).reduce(0, +) + gap.count * (grid.header.count - 1)
  }

  /// A grid as aligned columns, however wide.
  static func draw(_ grid: TableGrid) -> String {
    let widths = columnWidths(grid)
    func line(_ cells: [String]) -> String {
      cells.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - cells[column].count)
        return column == 0 ? cells[column] + padding : padding + cells[column]
      }.joined(separator: gap)
    }
    let rule = String(repeating: "-", count: totalWidth(grid))
    return ([line(grid.header), rule] + grid.rows.map(line)).joined(separator: "\n")
  }

  private static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

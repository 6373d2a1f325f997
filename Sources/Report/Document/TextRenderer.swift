import Canonical

/// Blocks for a terminal: aligned columns within a width, no colours.
package struct TextRenderer {
  /// How wide lines may be; nil for as wide as they are.
  var width: Int?

  /// What `run` and `table` print.
  package static func text(_ table: ResultTable, width: Int?) -> String {
    TextRenderer(width: width).text(table.summaryBlocks)
  }

  /// What `compare` prints of one study.
  package static func comparison(_ table: ResultTable, width: Int?) -> String {
    TextRenderer(width: width).text(table.comparisonBlocks)
  }

  /// What `compare` prints of two.
  package static func comparison(_ studies: StudyComparison, width: Int?) -> String {
    TextRenderer(width: width).text(studies.blocks)
  }

  /// What commands print beside tables of results.
  package static func text(_ blocks: [Block], width: Int?) -> String {
    TextRenderer(width: width).text(blocks)
  }

  func text(_ blocks: [Block]) -> String {
    lines(blocks).joined(separator: "\n\n") + "\n"
  }

  /// What an empty line parts. A part's heading stands on its first paragraph.
  private func lines(_ blocks: [Block]) -> [String] {
    var parts: [String] = []
    var isBelowHeading = false
    for block in blocks {
      let joins = isBelowHeading
      isBelowHeading = false
      switch block {
      case .heading(let level, let text):
        parts.append(wrapped(text))
        isBelowHeading = level > 1
      case .paragraph(let text) where joins:
        parts[parts.count - 1] += "\n" + wrapped(text)
      case .paragraph(let text), .warning(let text), .remark(let text):
        parts.append(wrapped(text))
      case .list(let entries):
        parts.append(entries.map { wrapped("- \($0)") }.joined(separator: "\n"))
      case .table(let table): parts += self.parts(table)
      case .details(let summary, let blocks): parts += [wrapped(summary)] + lines(blocks)
      }
    }
    return parts
  }

  private func parts(_ table: Table) -> [String] {
    let wide = table.wide
    let fits = width.map { Self.totalWidth(wide) <= $0 } ?? true
    return draw(fits ? wide : table.stacked) + (table.summary.map { [wrapped($0)] } ?? [])
      + (table.marks.map(draw) ?? [])
  }

  /// Rows, the first being the header, cut into blocks of columns that repeat the labels where they
  /// are wider than the width.
  private func draw(_ grid: Table.Grid) -> [String] {
    let widths = fitting(Self.columnWidths(grid), grid)
    var blocks: [[Int]] = []
    var used = 0
    for column in widths.indices.dropFirst() {
      let needed = Self.gap.count + widths[column]
      if let last = blocks.indices.last, used + needed <= width ?? .max {
        blocks[last].append(column)
        used += needed
      } else {
        blocks.append([0, column])
        used = widths[0] + needed
      }
    }
    return blocks.map { columns in
      let lines = grid.rows.flatMap { row in
        let cells = columns.map { column in
          row[column].count > widths[column]
            ? Self.lines(of: row[column], within: widths[column]) : [row[column]]
        }
        return (0..<(cells.map(\.count).max() ?? 1)).map { number in
          Self.trimmed(
            zip(columns, cells).map { column, lines in
              let text = lines.indices.contains(number) ? lines[number] : ""
              let padding = String(repeating: " ", count: max(0, widths[column] - text.count))
              return grid.left.contains(column) ? text + padding : padding + text
            }.joined(separator: Self.gap))
        }
      }
      // Long words at the end of lines run on without a rule above them.
      let ruled = columns.map { column in
        column == widths.indices.last && column > 0 && grid.left.contains(column)
          ? min(widths[column], max(Self.longestRuleOfWords, grid.rows[0][column].count))
          : widths[column]
      }
      let total = ruled.reduce(0, +) + Self.gap.count * (columns.count - 1)
      return ([lines[0], String(repeating: "-", count: total)] + lines.dropFirst())
        .joined(separator: "\n")
    }
  }

  /// The widths of the columns, of which those that hold words are folded where they are wider than what is
  /// left beside the labels.
  private func fitting(_ widths: [Int], _ grid: Table.Grid) -> [Int] {
    guard let width, let labels = widths.first else { return widths }
    let left = max(width - labels - Self.gap.count, Self.narrowestWords)
    return widths.indices.map { column in
      column > 0 && grid.left.contains(column) ? min(widths[column], left) : widths[column]
    }
  }

  private static let narrowestWords = 24
  private static let gap = "  "
  private static let longestRuleOfWords = 16

  private static func trimmed(_ line: String) -> String {
    var rest = line[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  private static func columnWidths(_ grid: Table.Grid) -> [Int] {
    (grid.rows.first ?? []).indices.map { column in
      grid.rows.map { $0[column].count }.max() ?? 0
    }
  }

  private static func totalWidth(_ grid: Table.Grid) -> Int {
    let widths = columnWidths(grid)
    return widths.reduce(0, +) + gap.count * (widths.count - 1)
  }

  private func wrapped(_ text: String) -> String {
    let text = text.oneLine
    return width.map { Self.lines(of: text, within: $0).joined(separator: "\n") } ?? text
  }

  private static func lines(of text: String, within width: Int) -> [String] {
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

import Canonical

/// Blocks as Markdown: `table.md` is one.
package enum MarkdownRenderer {
  /// `table.md`: the tables as papers print them, with everything that a reader must know.
  package static func text(_ table: ResultTable) -> String { text(table.fullBlocks) }

  static func text(_ blocks: [Block]) -> String {
    blocks.flatMap(lines).joined(separator: "\n\n") + "\n"
  }

  private static func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(let level, let text):
      return ["\(String(repeating: "#", count: level)) \(escaped(text))"]
    case .warning(let text): return ["**\(escaped(text))**"]
    case .paragraph(let text), .remark(let text): return [escaped(text)]
    case .list(let entries): return [entries.map { "- \(escaped($0))" }.joined(separator: "\n")]
    case .table(let table):
      return [draw(table.wide)] + (table.summary.map { [escaped($0)] } ?? [])
        + (table.marks.map { [draw($0)] } ?? [])
    case .details(let summary, let blocks):
      return [escaped(summary) + (summary.hasSuffix(".") ? "" : ":")] + blocks.flatMap(lines)
    }
  }

  private static func draw(_ grid: Table.Grid) -> String {
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    let rule = grid.rows[0].indices.map { grid.left.contains($0) ? "---" : "---:" }
    let lines = grid.rows.map { line($0.map(escaped)) }
    return ([lines[0], line(rule)] + lines.dropFirst()).joined(separator: "\n")
  }

  /// The text as it was typed, whatever its characters would mean.
  static func escaped(_ text: String) -> String {
    let scalars = Array(text.oneLine.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let meansSomething =
        switch scalar {
        case "|", "*", "_", "`", "<", "[", "\\": true
        case "~": next == "~" || index > 0 && scalars[index - 1] == "~"
        // An entity of HTML.
        case "&": next == "#" || next.properties.isAlphabetic
        // A heading, a quotation or a list, where a line begins.
        case "#": index == 0 && (next == "#" || next == " ")
        case ">": index == 0
        case "+", "-": index == 0 && (next == " " || next == scalar)
        case ".", ")":
          index > 0 && next == " " && scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
        default: false
        }
      if meansSomething { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}

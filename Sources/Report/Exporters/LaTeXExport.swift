import Study

/// The tables for a paper: one `tabular` each, without packages.
package enum LaTeXExport {
  /// The tables, with what was reduced as comments and captions.
  package static func text(_ table: ResultTable) -> String {
    let warnings = ([table.reduction].compactMap { $0 } + table.remarks).map { "% \($0)\n" }
    return warnings.joined()
      + table.sections.map { draw($0, reduction: table.reduction) }.joined(separator: "\n")
  }

  private static func draw(_ section: ResultSection, reduction: String?) -> String {
    let grid = section.grid(section.selection)
    let caption = [section.title + ".", section.explanation, reduction]
      .compactMap { $0 }.joined(separator: " ")
    let alignment = String(repeating: "r", count: grid.header.count - 1)
    var lines = [
      "\\begin{table}", "\\centering", "\\caption{\(escaped(caption))}",
      "\\begin{tabular}{l\(alignment)}", "\\hline",
      line(grid.header), "\\hline",
    ]
    lines += grid.rows.map(line)
    lines += ["\\hline", "\\end{tabular}", "\\end{table}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(escaped).joined(separator: " & ") + " \\\\"
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "±": "$\\pm$"
      case "–": "--"
      case "√": "$\\surd$"
      case "τ": "$\\tau$"
      default: String(character)
      }
    }.joined()
  }
}

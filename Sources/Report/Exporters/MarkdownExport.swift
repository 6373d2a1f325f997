import Study

/// `table.md`: the tables as papers print them, with everything that a reader must know.
package enum MarkdownExport {
  /// The page.
  package static func text(_ table: ResultTable) -> String {
    var blocks = ["# \(escaped(table.heading))"]
    if let reduction = table.reduction { blocks.append("**\(escaped(reduction))**") }
    blocks += table.remarks.map(escaped)
    for section in table.sections { blocks += self.blocks(section) }
    if let grid = table.hyperparameterGrid {
      blocks += ["## Hyper-parameters", escaped(table.hyperparameterSource), draw(grid)]
    }
    if let grid = table.selectionGrid {
      blocks += ["## Selection", escaped(table.selectionExplanation), draw(grid)]
    }
    let papers = table.sections.compactMap(\.paper)
      .reduce(into: [PublishedPaper]()) { if !$0.contains($1) { $0.append($1) } }
    if !papers.isEmpty {
      blocks += ["## Published numbers", list(papers.map(\.citation) + table.publishedRemarks)]
    }
    if !table.outline.notes.isEmpty {
      blocks += ["## Choices and deviations", list(table.outline.notes)]
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func blocks(_ section: ResultSection) -> [String] {
    var blocks = [
      "## \(escaped(section.title))", escaped(section.explanation),
      draw(section.grid(section.selection)),
    ]
    if let verdicts = section.verdictSummary { blocks.append(escaped(verdicts)) }
    if section.needsVerdictGrid { blocks.append(draw(section.verdictGrid)) }
    if section.isJudged, let claims = section.claimGrid {
      blocks += [
        "The paper's claims: \(escaped(section.claimSummary))", draw(claims),
        escaped(ResultTable.claimExplanation),
      ]
    }
    if section.selectionsCoincide {
      if let remark = section.coincidenceRemark { blocks.append(escaped(remark)) }
    } else {
      for other in section.otherSelections {
        blocks += ["The same runs \(other.label):", draw(section.grid(other))]
      }
    }
    return blocks
  }

  private static func draw(_ grid: TableGrid) -> String {
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    let rule = grid.header.indices.map { $0 == 0 ? "---" : "---:" }
    return
      ([line(grid.header.map(escaped)), line(rule)]
      + grid.rows.map { line($0.map(escaped)) }).joined(separator: "\n")
  }

  private static func list(_ entries: [String]) -> String {
    entries.map { "- \(escaped($0))" }.joined(separator: "\n")
  }

  /// Characters that would mean something in a table or paragraph.
  static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "|", "*", "_", "`", "<", "[", "\\": "\\\(character)"
      case "\n", "\r\n": " "
      default: String(character)
      }
    }.joined()
  }
}

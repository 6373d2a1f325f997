import Study

/// One table on a page: ours, the published value below it, and what follows.
struct SectionMarkup {
  let section: ResultSection

  var markup: String {
    var text = "<h3>\(HTML.escaped(section.title))</h3>\n"
    text += HTML.paragraph(section.explanation)
    text += HTML.table(
      header: [section.rowMeaning] + section.columns,
      rows: section.rows.map { row in
        [HTML.Cell(row)] + section.columns.map { cell(row, $0) }
      }, caption: section.title)
    if let verdicts = section.verdictSummary { text += HTML.paragraph(verdicts) }
    text += claims
    if section.selectionsCoincide {
      if let remark = section.coincidenceRemark { text += HTML.paragraph(remark, "quiet") }
    } else {
      let others = section.otherSelections.map { other in
        HTML.table(section.grid(other), caption: "The same runs \(other.label)")
      }
      text += HTML.details(
        "The same runs at their lowest validation and test errors", others.joined())
    }
    return text
  }

  private func cell(_ row: String, _ column: String) -> HTML.Cell {
    guard let line = section.line(row: row, column: column, section.selection) else {
      return HTML.Cell(ResultLine.nothing)
    }
    var text = "<span class=\"ours\">\(HTML.escaped(line.text))</span>"
    if line.publishedMean != nil {
      text += "<span class=\"theirs\">published \(HTML.escaped(line.publishedText))</span>"
    }
    if let verdict = line.verdict, verdict.isJudgement {
      text += "<span class=\"mark \(verdict.colour.rawValue)\">\(verdict.rawValue)</span>"
    }
    return HTML.Cell(markup: text)
  }

  private var claims: String {
    let claims = section.claims
    // A study's own table claims nothing; where it cannot be tested either, there is nothing to say.
    guard let grid = section.claimGrid,
      section.published != nil || claims.contains(where: { $0.outcome != .tooFew })
    else { return "" }
    let rows = zip(grid.rows, claims).map { row, claim in
      row.dropLast().enumerated().map { HTML.Cell($0.element, isText: $0.offset == 1) } + [
        HTML.Cell(
          markup: "<span class=\"mark \(claim.outcome.colour.rawValue)\">"
            + "\(HTML.escaped(claim.outcome.rawValue))</span>")
      ]
    }
    let heading =
      section.published == nil
      ? "Whether each method beats the first"
      : section.isJudged ? "The paper's claims" : "The paper's claims, on this study"
    let table = HTML.table(header: grid.header, rows: rows, caption: heading)
    return HTML.details(
      "\(heading): \(section.claimSummary)",
      (section.published != nil && !section.isJudged
        ? HTML.paragraph("A reduced or altered study says little about the paper.") : "")
        + table + HTML.paragraph(ResultTable.claimExplanation, "quiet"))
  }
}

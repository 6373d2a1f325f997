/// Blocks as a picture for light and dark surroundings: `table.svg`.
package enum SVGRenderer {
  /// The tables: ours, the published value below, and the verdict. Rows of which nothing has finished
  /// are left out.
  package static func text(_ table: ResultTable) -> String {
    let parts = table.sections.map { $0.picture(titled: $0.title != table.title) }
      .filter { !$0.table.rows.isEmpty }
    let width = parts.map { TablePicture($0.table).width }.reduce(FigureStyle.width, max)
    var drawing = ""
    var y = 0.0
    for part in parts {
      drawing += svg(part.blocks, below: &y, width: width)
      y += 10
    }
    let nothing = parts.isEmpty ? ["Nothing has finished yet."] : []
    let frame = FigureFrame(
      title: table.heading,
      description: (parts.map(\.description) + nothing).joined(separator: " "),
      notes: nothing + [table.reduction].compactMap { $0 } + table.remarks, width: width)
    return frame.svg(height: y, "<style>\n\(MarkColour.markStyle)</style>\n\(drawing)")
  }

  private static func svg(_ blocks: [Block], below y: inout Double, width: Double) -> String {
    var text = ""
    for block in blocks {
      switch block {
      case .heading(_, let words):
        text += paragraph(words, "strong", FigureStyle.textSize * TablePicture.bold, width, &y)
      case .paragraph(let words):
        text += paragraph(words, "note quiet", TablePicture.smallSize, width, &y)
      case .remark(let words), .warning(let words), .details(let words, _):
        text += paragraph(words, "note", TablePicture.smallSize, width, &y)
      case .list(let entries):
        for entry in entries {
          text += paragraph(entry, "note", TablePicture.smallSize, width, &y)
        }
      case .table(let table):
        text += TablePicture(table).svg(below: &y)
        if let summary = table.summary {
          text += paragraph(summary, "note", TablePicture.smallSize, width, &y)
        }
      }
    }
    return text
  }

  private static func paragraph(
    _ text: String, _ style: String, _ size: Double, _ width: Double, _ y: inout Double
  ) -> String {
    SVGText.wrapped(text, size: size, width: width - 2 * TablePicture.margin).map { line in
      y += min(size, FigureStyle.textSize) + 4
      return SVGText.text(line, x: TablePicture.margin, y: y, style)
    }.joined()
  }
}

/// A table with what stands around it in a picture, and its numbers for those who do not see them.
private struct PicturePart {
  var table: Table
  var blocks: [Block]
  var description: String
}

extension ResultSection {
  fileprivate func picture(titled: Bool) -> PicturePart {
    var table = table(selection)
    let begun = rows.indices.filter { index in
      lines.contains { $0.row == rows[index] && $0.selection == selection && $0.hasRuns }
    }
    table.rows = begun.map { table.rows[$0] }
    let judged = verdicts.filter(\.isJudgement)
    let scope = judged.isEmpty || metric.source == .axis ? [] : [Verdict.scope]
    let legend = (judged.map { "\($0.rawValue): \($0.meaning(of: metric))" } + scope)
      .map { Block.paragraph($0) }
    let claims: [Block] =
      isJudged && !self.claims.isEmpty ? [.remark("The paper's claims: \(claimSummary)")] : []
    let cells = begun.map { rows[$0] }.flatMap { row in
      columns.compactMap { column -> String? in
        guard let line = line(row: row, column: column, selection) else { return nil }
        let published = line.publishedMean == nil ? "" : ", published \(line.publishedText)"
        let verdict = line.judgement.map { ", \($0.words)" } ?? ""
        return "\(row), \(column): \(line.text)\(published)\(verdict)."
      }
    }
    return PicturePart(
      table: table,
      blocks: (titled ? [.heading(2, title)] : []) + [.paragraph(explanation), .table(table)]
        + (tuningRemark.map { [.remark($0)] } ?? []) + claims + legend,
      description: ([title + ".", explanation] + cells).joined(separator: " "))
  }
}

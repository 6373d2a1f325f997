/// Blocks as a part of a page.
enum HTMLRenderer {
  static func markup(_ blocks: [Block]) -> String { blocks.map(markup).joined() }

  private static func markup(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text):
      // The page's title is level 1, its parts are level 2.
      let tag = "h\(level + 1)"
      return "<\(tag)>\(HTML.escaped(text))</\(tag)>\n"
    case .warning(let text): return HTML.paragraph(text, "banner")
    case .paragraph(let text): return HTML.paragraph(text)
    case .remark(let text): return HTML.paragraph(text, "quiet")
    case .list(let entries): return HTML.list(entries)
    case .table(let table):
      return markup(table) + (table.summary.map { HTML.paragraph($0) } ?? "")
    case .details(let summary, let blocks): return HTML.details(summary, markup(blocks))
    }
  }

  private static func markup(_ table: Table) -> String {
    HTML.table(
      header: table.header,
      rows: table.rows.map { row in
        row.enumerated().map { column, cell in
          if let colour = cell.colour {
            return HTML.Cell(
              markup: HTML.mark(cell.text, colour), isText: cell.isWords)
          }
          guard column > 0, cell.published != nil || cell.mark != nil else {
            return HTML.Cell(cell.text, isText: cell.isWords)
          }
          var text = "<span class=\"ours\">\(HTML.escaped(cell.text))</span>"
          if let published = cell.published {
            text += "<span class=\"theirs\">published \(HTML.escaped(published))</span>"
          }
          if let mark = cell.mark {
            text += HTML.mark(mark.word, mark.colour, meaning: mark.meaning)
          }
          return HTML.Cell(markup: text)
        }
      }, caption: table.caption)
  }
}

import Canonical

/// A part of what is printed of results. Terminal, Markdown, HTML, LaTeX and pictures draw the same
/// blocks, each in its own language.
package indirect enum Block: Equatable, Sendable {
  /// 1 is the title of all, 2 that of a part, 3 that of one table.
  case heading(Int, String)
  /// What must be read before any number.
  case warning(String)
  case paragraph(String)
  /// What explains a number and may look smaller.
  case remark(String)
  case list([String])
  case table(Table)
  /// What may be folded away; a summary that ends in a full stop is a sentence of its own.
  case details(String, [Block])
}

/// A table whose first column names its rows.
package struct Table: Equatable, Sendable {
  /// A cell: ours, what a paper prints, and what follows.
  package struct Cell: Equatable, Sendable {
    package var text: String
    /// What stands beside or below the text.
    package var published: String?
    package var mark: Mark?
    /// Colours the text as a mark's word.
    var colour: MarkColour?
    /// Whether it is words and belongs to the left.
    package var isWords = false
  }

  /// A word on a ground of its own colour.
  package struct Mark: Equatable, Sendable {
    package var word: String
    var colour: MarkColour
    /// What the word means, for a tooltip.
    package var meaning: String
  }

  /// What the table is, for languages that say so at the table itself.
  package var caption: String
  package var header: [String]
  package var rows: [[Cell]]
  /// Sums up the marks.
  package var summary: String?

  /// A table of texts for a terminal, which shows no caption.
  package init(header: [String], rows: [[String]], words: Set<Int> = []) {
    self.init(caption: "", header: header, rows: rows, words: words)
  }

  /// A table of texts; `words` are the columns that belong to the left beside the first.
  package init(
    caption: String, header: [String], rows: [[String]], words: Set<Int>, summary: String? = nil
  ) {
    self.init(
      caption: caption, header: header,
      cells: rows.map { row in
        row.enumerated().map { Cell(text: $1, isWords: words.contains($0)) }
      }, summary: summary)
  }

  init(caption: String, header: [String], cells: [[Cell]], summary: String?) {
    self.caption = caption.tidy
    self.header = header.map(\.tidy)
    rows = cells.map { row in
      row.map { cell in
        var cell = cell
        cell.text = cell.text.tidy
        return cell
      }
    }
    self.summary = summary
  }

  /// A table as texts in lines, for languages that have nothing else.
  package struct Grid {
    /// The header first.
    package var rows: [[String]]
    /// The columns that belong to the left: the first, and those of words.
    var left: Set<Int>
  }

  /// The columns that belong to the left.
  private var left: [Bool] {
    header.indices.map { column in column == 0 || rows.contains { $0[column].isWords } }
  }

  private static func places(_ isLeft: [Bool]) -> Set<Int> {
    Set(isLeft.indices.filter { isLeft[$0] })
  }

  /// The texts alone: published values in columns of their own where a column has any.
  package var wide: Grid {
    let paired = header.indices.map { column in rows.contains { $0[column].published != nil } }
    let head = header.enumerated().flatMap { paired[$0] ? [$1, "published"] : [$1] }
    return Grid(
      rows: [head]
        + rows.map { row in
          row.enumerated().flatMap { column, cell in
            paired[column] ? [cell.text, cell.published ?? ResultLine.nothing] : [cell.text]
          }
        }, left: Self.places(zip(left, paired).flatMap { $1 ? [$0, false] : [$0] }))
  }

  /// The texts with published values below instead of beside: half as wide.
  package var stacked: Grid {
    Grid(
      rows: [header]
        + rows.flatMap { row -> [[String]] in
          let ours = row.map(\.text)
          guard row.contains(where: { $0.published != nil }) else { return [ours] }
          return [
            ours, ["  published"] + row.dropFirst().map { $0.published ?? ResultLine.nothing },
          ]
        }, left: Self.places(left))
  }

  /// The marks alone, laid out like the table, for languages that have none; nil without marks.
  package var marks: Grid? {
    guard rows.contains(where: { $0.contains { $0.mark != nil } }) else { return nil }
    return Grid(
      rows: [header]
        + rows.map { row in
          row.enumerated().map { $0 == 0 ? $1.text : $1.mark?.word ?? ResultLine.nothing }
        }, left: [0])
  }
}

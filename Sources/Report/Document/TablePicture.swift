/// One table as a drawing: a line for ours in every row, and lines below it for the published values and
/// the marks where there are any.
struct TablePicture {
  private let table: Table
  private let widths: [Double]

  static let margin = 10.0
  static let smallSize = 11.0
  /// How much wider bold text is.
  static let bold = 1.16
  private static let gap = 18.0

  /// Lays out a table.
  init(_ table: Table) {
    self.table = table
    widths = table.header.enumerated().map { column, name in
      let size = FigureStyle.textSize * (column == 0 ? 1 : Self.bold)
      return table.rows.map { Self.width(of: $0[column]) }
        .reduce(SVGText.width(of: name, size: size), max)
    }
  }

  private static func width(of cell: Table.Cell) -> Double {
    max(
      SVGText.width(of: cell.text, size: FigureStyle.textSize),
      SVGText.width(of: cell.published ?? "", size: smallSize), cell.mark.map(markWidth) ?? 0)
  }

  private static func markWidth(_ mark: Table.Mark) -> Double {
    SVGText.width(of: mark.word, size: smallSize * bold) + 14
  }

  /// What the columns need.
  var width: Double {
    widths.reduce(0, +) + Self.gap * Double(widths.count - 1) + 2 * Self.margin
  }

  private var hasPublished: Bool { table.rows.contains { $0.contains { $0.published != nil } } }
  private var hasMarks: Bool { table.rows.contains { $0.contains { $0.mark != nil } } }

  /// The drawing below a place, which moves down.
  func svg(below y: inout Double) -> String {
    let width = max(width, FigureStyle.width)
    let spare = (width - self.width) / Double(max(1, widths.count - 1))
    var edges = [Self.margin + widths[0]]
    for column in widths.dropFirst() {
      edges.append(edges[edges.count - 1] + Self.gap + column + spare)
    }
    func rule(_ style: String) -> String {
      SVGText.line(style, from: (Self.margin, y), to: (width - Self.margin, y))
    }
    y += 20
    var text = SVGText.text(table.header[0], x: Self.margin, y: y, "quiet")
    for (column, edge) in zip(table.header, edges).dropFirst() {
      text += SVGText.text(column, x: edge, y: y, "strong", anchor: "end")
    }
    y += 7
    text += rule("axis")
    for row in table.rows { text += self.row(row, edges, &y) + rule("grid") }
    y += 2
    return text
  }

  private func row(_ row: [Table.Cell], _ edges: [Double], _ y: inout Double) -> String {
    let top = y
    var text = SVGText.text(row[0].text, x: Self.margin, y: top + 17, "label")
    if hasPublished {
      text += SVGText.text("published", x: Self.margin, y: top + 32, "note quiet")
    }
    for (cell, edge) in zip(row, edges).dropFirst() {
      text += SVGText.text(cell.text, x: edge, y: top + 17, "number", anchor: "end")
      if let published = cell.published {
        text += SVGText.text(published, x: edge, y: top + 32, "note number quiet", anchor: "end")
      }
      if let mark = cell.mark { text += draw(mark, edge: edge, y: top + 38) }
    }
    y += hasMarks ? 60 : hasPublished ? 40 : 25
    return text
  }

  private func draw(_ mark: Table.Mark, edge: Double, y: Double) -> String {
    let width = Self.markWidth(mark)
    let number = SVGText.number
    return
      "<g class=\"\(mark.colour.rawValue)\"><title>\(SVGText.escaped(mark.meaning))</title><rect x=\"\(number(edge - width))\" "
      + "y=\"\(number(y))\" width=\"\(number(width))\" height=\"16\" rx=\"8\"/>"
      + SVGText.text(mark.word, x: edge - width / 2, y: y + 12, "note", anchor: "middle") + "</g>\n"
  }
}

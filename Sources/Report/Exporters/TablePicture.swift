import Study

/// One table as a drawing: a line for ours in every row, and lines below it for the published values and
/// the verdicts where there are any.
struct TablePicture {
  private let section: ResultSection
  /// The section's.
  var title: String { section.title }
  /// The rows of which something has finished.
  let rows: [String]
  private let widths: [Double]

  private static let margin = 10.0
  private static let gap = 18.0
  private static let smallSize = 11.0
  /// How much wider bold text is.
  private static let bold = 1.16

  /// Lays out a section.
  init(_ section: ResultSection) {
    self.section = section
    let rows = section.rows.filter { row in
      section.lines.contains { $0.row == row && $0.selection == section.selection && $0.hasRuns }
    }
    self.rows = rows
    let labels = [section.rowMeaning] + rows
    let first = labels.map { SVGText.width(of: $0, size: FigureStyle.textSize) }.max() ?? 0
    widths =
      [first]
      + section.columns.map { column in
        rows.map { Self.width(of: section.line(row: $0, column: column, section.selection)) }
          .reduce(SVGText.width(of: column, size: FigureStyle.textSize * Self.bold), max)
      }
  }

  private static func width(of line: ResultLine?) -> Double {
    guard let line else { return 0 }
    let mark = line.verdict.map { $0.isJudgement ? markWidth($0) : 0 } ?? 0
    return max(
      SVGText.width(of: line.text, size: FigureStyle.textSize),
      SVGText.width(of: line.publishedText, size: smallSize), mark)
  }

  private static func markWidth(_ verdict: Verdict) -> Double {
    SVGText.width(of: verdict.rawValue, size: smallSize * bold) + 14
  }

  /// What the columns need.
  var width: Double {
    widths.reduce(0, +) + Self.gap * Double(widths.count - 1) + 2 * Self.margin
  }

  /// The numbers for those who do not see them.
  var description: String {
    let cells = rows.flatMap { row in
      section.columns.compactMap { column -> String? in
        guard let line = section.line(row: row, column: column, section.selection) else {
          return nil
        }
        let published = line.publishedMean == nil ? "" : ", published \(line.publishedText)"
        let verdict = line.verdict.map { ", \($0.rawValue)" } ?? ""
        return "\(row), \(column): \(line.text)\(published)\(verdict)."
      }
    }
    return ([section.title + ".", section.explanation] + cells).joined(separator: " ")
  }

  /// The drawing below a place, which moves down.
  /// - Parameters:
  ///   - heading: whether the section's title stands above.
  ///   - pictureWidth: the room for sentences; the columns take what they need.
  func svg(below y: inout Double, heading: Bool, pictureWidth: Double) -> String {
    let width = max(width, FigureStyle.width)
    let spare = (width - self.width) / Double(max(1, widths.count - 1))
    var edges = [Self.margin + widths[0]]
    for column in widths.dropFirst() {
      edges.append(edges[edges.count - 1] + Self.gap + column + spare)
    }
    func rule(_ style: String) -> String {
      SVGText.line(style, from: (Self.margin, y), to: (width - Self.margin, y))
    }
    var text =
      heading
      ? paragraph(section.title, "strong", FigureStyle.textSize * Self.bold, pictureWidth, &y) : ""
    text += paragraph(section.explanation, "note quiet", Self.smallSize, pictureWidth, &y)
    y += 20
    text += SVGText.text(section.rowMeaning, x: Self.margin, y: y, "quiet")
    for (column, edge) in zip(section.columns, edges.dropFirst()) {
      text += SVGText.text(column, x: edge, y: y, "strong", anchor: "end")
    }
    y += 7
    text += rule("axis")
    for row in rows { text += self.row(row, edges, &y) + rule("grid") }
    y += 2
    if let verdicts = section.verdictSummary {
      text += paragraph(verdicts, "note", Self.smallSize, pictureWidth, &y)
    }
    if section.isJudged, !section.claims.isEmpty {
      text += paragraph(
        "The paper's claims: \(section.claimSummary)", "note", Self.smallSize, pictureWidth, &y)
    }
    y += 10
    return text
  }

  private func row(_ row: String, _ edges: [Double], _ y: inout Double) -> String {
    let top = y
    var text = SVGText.text(row, x: Self.margin, y: top + 17, "label")
    if section.hasPublishedNumbers {
      text += SVGText.text("published", x: Self.margin, y: top + 32, "note quiet")
    }
    for (column, edge) in zip(section.columns, edges.dropFirst()) {
      let line = section.line(row: row, column: column, section.selection)
      text += SVGText.text(
        line?.text ?? ResultLine.nothing, x: edge, y: top + 17, "number", anchor: "end")
      guard let line else { continue }
      if line.publishedMean != nil {
        text += SVGText.text(
          line.publishedText, x: edge, y: top + 32, "note number quiet", anchor: "end")
      }
      if let verdict = line.verdict, verdict.isJudgement {
        text += mark(verdict, edge: edge, y: top + 38)
      }
    }
    y += section.needsVerdictGrid ? 60 : section.hasPublishedNumbers ? 40 : 25
    return text
  }

  private func mark(_ verdict: Verdict, edge: Double, y: Double) -> String {
    let width = Self.markWidth(verdict)
    let number = SVGText.number
    return "<g class=\"\(verdict.colour.rawValue)\"><rect x=\"\(number(edge - width))\" "
      + "y=\"\(number(y))\" width=\"\(number(width))\" height=\"16\" rx=\"8\"/>"
      + SVGText.text(
        verdict.rawValue, x: edge - width / 2, y: y + 12, "note", anchor: "middle") + "</g>\n"
  }

  private func paragraph(
    _ text: String, _ style: String, _ size: Double, _ width: Double, _ y: inout Double
  ) -> String {
    SVGText.wrapped(text, size: size, width: width - 2 * Self.margin).map { line in
      y += min(size, FigureStyle.textSize) + 4
      return SVGText.text(line, x: Self.margin, y: y, style)
    }.joined()
  }
}

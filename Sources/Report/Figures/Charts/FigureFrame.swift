/// What every figure has: heading, legend, notes, style and a text for those who do not see it.
struct FigureFrame {
  /// An entry of the legend.
  struct Entry: Equatable {
    /// The words.
    var name: String
    /// Colour, mark and dash.
    var index: Int
    /// Whether points are marked.
    var isMarked: Bool
    /// Whether a line joins them.
    var isLine: Bool
    /// Whether marks are hollow and lines dashed.
    var isPublished: Bool
    /// Whether the line has the series' own dash.
    var isDashed = false
    /// Whether it is a reference line.
    var isGuide = false
    /// Whether points are ringed.
    var isRing = false
  }

  var title: String
  /// What there is to see, for those who do not.
  var description: String
  /// The legend; it stands above the drawing and covers nothing.
  var entries: [Entry] = []
  /// Sentences below the drawing.
  var notes: [String] = []
  /// How wide the picture is.
  var width = FigureStyle.width

  private static let margin = 10.0
  private static let lineHeight = 16.0

  /// The document around a drawing of a height, which starts at the top of its own coordinates.
  func svg(height: Double, _ drawing: String) -> String {
    let inner = width - 2 * Self.margin
    var body = ""
    var y = 6.0
    for line in SVGText.wrapped(title, size: FigureStyle.titleSize * 1.12, width: inner) {
      y += 17
      body += SVGText.text(line, x: Self.margin, y: y - 3, "title")
    }
    y += 4
    body += legend(&y)
    body += "<g transform=\"translate(0 \(SVGText.number(y)))\">\n\(drawing)</g>\n"
    y += height
    for note in notes {
      for line in SVGText.wrapped(note, size: 11, width: inner) {
        y += 14
        body += SVGText.text(line, x: Self.margin, y: y - 2, "note quiet")
      }
    }
    y += 8
    let size = "\(SVGText.number(width)) \(SVGText.number(y))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="rbf" viewBox="0 0 \(size)" role="img">
      <title>\(SVGText.escaped(title))</title>
      <desc>\(SVGText.escaped(description))</desc>
      <style>
      \(FigureStyle.sheet)</style>
      <rect class="paper" width="100%" height="100%"/>
      \(body)</svg>

      """
  }

  private func legend(_ y: inout Double) -> String {
    guard !entries.isEmpty else { return "" }
    var text = ""
    var x = Self.margin
    y += Self.lineHeight
    for entry in entries {
      let sample = entry.isLine ? 26.0 : 14
      let room = sample + 5 + SVGText.width(of: entry.name, size: FigureStyle.textSize) + 12
      if x > Self.margin, x + room - 12 > width - Self.margin {
        x = Self.margin
        y += Self.lineHeight + 2
      }
      text += self.sample(entry, x: x, y: y - 8, width: sample)
      text += SVGText.text(entry.name, x: x + sample + 5, y: y - 4, "legend")
      x += room
    }
    y += 4
    return text
  }

  private func sample(_ entry: Entry, x: Double, y: Double, width: Double) -> String {
    let colour = FigureStyle.colourClass(entry.index, isPublished: entry.isPublished)
    if entry.isGuide { return SVGText.line("guide", from: (x, y), to: (x + width, y)) }
    var text = ""
    if entry.isLine {
      let style = entry.isPublished ? "p" : "l"
      let dash = entry.isDashed && !entry.isPublished ? FigureStyle.dash(entry.index) : ""
      let line = SVGText.path([(x, y), (x + width, y)])
      text += "<path class=\"\(colour) \(style)\"\(dash) d=\"\(line)\"/>\n"
    }
    if entry.isMarked {
      text += MarkerShape(series: entry.index).svg(
        x: x + width / 2, y: y, radius: 3.6, series: entry.index, isHollow: entry.isPublished)
    }
    if entry.isRing {
      text += MarkerShape.ring(x: x + width / 2, y: y, series: entry.index)
    }
    return text
  }
}

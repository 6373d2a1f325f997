import Glibc

/// A function of two numbers as filled levels with lines between them and a scale of colours below.
struct ContourChart {
  var title: String
  /// The label of the horizontal axis.
  var x: String
  /// The label of the vertical axis.
  var y: String
  /// The function on a grid.
  var field: ContourLines
  /// The heights to draw; equal in all charts of a figure, so that they can be compared.
  var levels: [TickMarks.Tick]
  /// Sentences below.
  var notes: [String] = []

  private static let left = 44.0
  private static let top = 22.0
  private static let side = 290.0

  /// The document.
  var svg: String {
    let across = axis(field.xs)
    let down = axis(field.ys)
    func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
      (
        Self.left + across.place(point.x) * Self.side,
        Self.top + Self.side - down.place(point.y) * Self.side
      )
    }
    func corners(_ level: Double) -> String {
      field.areas(above: level).map { SVGText.path($0.map(place)) + "Z" }.joined()
    }
    // The first colour is the ground; each level covers what lies above it with the next.
    var text =
      "<rect class=\"\(Self.shade(0, of: levels.count))\" x=\"\(SVGText.number(Self.left))\" "
      + "y=\"\(SVGText.number(Self.top))\" width=\"\(SVGText.number(Self.side))\" "
      + "height=\"\(SVGText.number(Self.side))\"/>\n"
    for (index, level) in levels.enumerated() {
      text +=
        "<path class=\"\(Self.shade(index + 1, of: levels.count))\" "
        + "shape-rendering=\"crispEdges\" d=\"\(corners(level.value))\"/>\n"
    }
    text += frame(across, down)
    var labels: [Label] = []
    for level in levels {
      let segments = field.segments(at: level.value).map { (place($0.from), place($0.to)) }
      guard !segments.isEmpty else { continue }
      let path = segments.map { SVGText.path([$0.0, $0.1]) }.joined()
      text += "<path class=\"c0 k\" d=\"\(path)\"/>\n"
      if let label = label(level, on: segments.map(\.0), besides: labels) { labels.append(label) }
    }
    let frame = FigureFrame(
      title: title,
      description: "Levels at " + levels.map(\.label).joined(separator: ", ") + ".", notes: notes)
    let height = Self.top + Self.side + 40
    return frame.svg(height: height + 34, text + labels.map(\.svg).joined() + scale(y: height))
  }

  /// One of nine shades, spread over the levels that there are.
  private static func shade(_ index: Int, of count: Int) -> String {
    "s\(count < FigureStyle.shades.count ? index : index * (FigureStyle.shades.count - 1) / count)"
  }

  /// The colours in a row, with the level at every border.
  private func scale(y: Double) -> String {
    let width = Self.side / Double(levels.count + 1)
    var end = -1000.0
    return (0...levels.count).map { index in
      let x = Self.left + Double(index) * width
      var text =
        "<rect class=\"\(Self.shade(index, of: levels.count))\" x=\"\(SVGText.number(x))\" "
        + "y=\"\(SVGText.number(y + 2))\" width=\"\(SVGText.number(width))\" height=\"11\"/>\n"
      guard index > 0 else { return text }
      let label = levels[index - 1].label
      let half = SVGText.width(of: label, size: 11) / 2
      if x - half > end + 2 {
        text += SVGText.text(label, x: x, y: y + 26, "note quiet", anchor: "middle")
        end = x + half
      }
      return text
    }.joined()
  }

  /// A number on its line.
  private struct Label {
    var text: String
    var x: Double
    var y: Double

    var width: Double { SVGText.width(of: text, size: 11) }

    func covers(_ other: Label) -> Bool {
      abs(x - other.x) < (width + other.width) / 2 + 3 && abs(y - other.y) < 13
    }

    var svg: String { SVGText.text(text, x: x, y: y + 4, "note halo", anchor: "middle") }
  }

  /// The label of a line: as near to a place at the upper right as others let it; nil where they leave no
  /// room.
  private func label(
    _ level: TickMarks.Tick, on line: [(x: Double, y: Double)], besides others: [Label]
  ) -> Label? {
    let wanted = (x: Self.left + Self.side * 0.72, y: Self.top + Self.side * 0.28)
    return line.map { Label(text: level.label, x: $0.x, y: $0.y) }
      .filter { label in !others.contains { $0.covers(label) } }
      .min { a, b in
        hypot(a.x - wanted.x, a.y - wanted.y) < hypot(b.x - wanted.x, b.y - wanted.y)
      }
  }

  private func axis(_ values: [Double]) -> FittedAxis {
    let range = (values.min() ?? 0)...(values.max() ?? 1)
    return FittedAxis(
      scale: .linear, range: range, ticks: TickMarks.linear(range, count: 6).ticks)
  }

  private func frame(_ across: FittedAxis, _ down: FittedAxis) -> String {
    let (right, bottom) = (Self.left + Self.side, Self.top + Self.side)
    var text = SVGText.text(y, x: 10, y: 13, "label quiet")
    for tick in across.ticks {
      let x = Self.left + across.place(tick.value) * Self.side
      text += SVGText.line("axis", from: (x, bottom), to: (x, bottom + 4))
      text += SVGText.text(tick.label, x: x, y: bottom + 17, "tick quiet", anchor: "middle")
    }
    for tick in down.ticks {
      let y = bottom - down.place(tick.value) * Self.side
      text += SVGText.line("axis", from: (Self.left - 4, y), to: (Self.left, y))
      text += SVGText.text(tick.label, x: Self.left - 6, y: y + 4, "tick quiet", anchor: "end")
    }
    return text
      + SVGText.text(
        x, x: (Self.left + right) / 2, y: bottom + 33, "label quiet", anchor: "middle")
  }
}

import Glibc

/// A function of two numbers as lines of equal height.
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
    var text = frame(across, down)
    var labels: [Label] = []
    for level in levels {
      let segments = field.segments(at: level.value).map { (place($0.from), place($0.to)) }
      guard !segments.isEmpty else { continue }
      let path = segments.map { SVGText.path([$0.0, $0.1]) }.joined()
      text += "<path class=\"c1 k\" d=\"\(path)\"/>\n"
      if let label = label(level, on: segments.map(\.0), besides: labels) { labels.append(label) }
    }
    let frame = FigureFrame(
      title: title,
      description: "Lines of equal height at " + levels.map(\.label).joined(separator: ", ") + ".",
      notes: notes)
    return frame.svg(height: Self.top + Self.side + 40, text + labels.map(\.svg).joined())
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
      text += SVGText.line("grid", from: (x, Self.top), to: (x, bottom))
      text += SVGText.text(tick.label, x: x, y: bottom + 17, "tick quiet", anchor: "middle")
    }
    for tick in down.ticks {
      let y = bottom - down.place(tick.value) * Self.side
      text += SVGText.line("grid", from: (Self.left, y), to: (right, y))
      text += SVGText.text(tick.label, x: Self.left - 6, y: y + 4, "tick quiet", anchor: "end")
    }
    return text
      + SVGText.text(
        x, x: (Self.left + right) / 2, y: bottom + 33, "label quiet", anchor: "middle")
  }
}

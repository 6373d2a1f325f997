/// The marks of points; each series has its own, so that they can be told apart without colours.
enum MarkerShape: CaseIterable {
  case circle
  case square
  case triangle
  case diamond
  case triangleDown
  case cross
  case pentagon
  case bar

  /// The mark of a series.
  init(series index: Int) { self = Self.allCases[index % Self.allCases.count] }

  /// The mark around a place; hollow ones are filled with the paper's colour.
  func svg(x: Double, y: Double, radius: Double, series index: Int, isHollow: Bool) -> String {
    let style =
      FigureStyle.colourClass(index, isPublished: isHollow) + (isHollow ? " h" : " m")
    if self == .circle {
      return "<circle class=\"\(style)\" cx=\"\(SVGText.number(x))\" cy=\"\(SVGText.number(y))\" "
        + "r=\"\(SVGText.number(radius))\"/>\n"
    }
    let corners = corners.map { (x: x + $0.x * radius, y: y + $0.y * radius) }
    return "<path class=\"\(style)\" d=\"\(SVGText.path(corners))Z\"/>\n"
  }

  /// A ring around a place.
  static func ring(x: Double, y: Double, series index: Int) -> String {
    "<circle class=\"\(FigureStyle.colourClass(index)) r\" cx=\"\(SVGText.number(x))\" "
      + "cy=\"\(SVGText.number(y))\" r=\"6.5\"/>\n"
  }

  /// Corners on or near the circle of radius 1; y points down.
  private var corners: [(x: Double, y: Double)] {
    switch self {
    case .circle: []
    case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    case .triangle: [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)]
    case .triangleDown: [(0, 1.2), (1.1, -0.8), (-1.1, -0.8)]
    case .diamond: [(0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)]
    case .pentagon: [(0, -1.2), (1.15, -0.35), (0.7, 1), (-0.7, 1), (-1.15, -0.35)]
    case .bar: [(-1.3, -0.5), (1.3, -0.5), (1.3, 0.5), (-1.3, 0.5)]
    case .cross:
      [
        (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4), (0.4, 1.2),
        (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
      ]
    }
  }
}

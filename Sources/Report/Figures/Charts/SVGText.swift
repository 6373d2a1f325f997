import Canonical

/// The parts of an SVG document as text: the same numbers give the same bytes.
enum SVGText {
  /// A coordinate with two decimals at most and no trailing zeros.
  static func number(_ value: Double) -> String {
    // What does not lie near the picture cannot be seen; it must not overflow either.
    let bounded = max(-1e6, min(1e6, value.isNaN ? 0 : value))
    let hundredths = Int((bounded * 100).rounded())
    let (whole, part) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    let sign = hundredths < 0 ? "-" : ""
    if part == 0 { return "\(sign)\(whole)" }
    if part % 10 == 0 { return "\(sign)\(whole).\(part / 10)" }
    return "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
  }

  /// Text between tags or in a quoted attribute.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.oneLine.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A line of text in a class of the figure's style.
  static func text(
    _ text: String, x: Double, y: Double, _ style: String, anchor: String = "start"
  ) -> String {
    let place = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
    return "<text class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\"\(place)>"
      + "\(escaped(text))</text>\n"
  }

  /// A straight line.
  static func line(
    _ style: String, from: (x: Double, y: Double), to: (x: Double, y: Double)
  ) -> String {
    "<path class=\"\(style)\" d=\"\(path([from, to]))\"/>\n"
  }

  /// The outline through points: `M1 2L3 4`.
  static func path(_ points: [(x: Double, y: Double)]) -> String {
    points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(number(point.x)) \(number(point.y))"
    }.joined()
  }

  /// How wide a text is at a font size, for layout: fonts differ, so a little more than most.
  static func width(of text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { width, scalar in
      let share =
        switch scalar {
        case "i", "j", "l", "I", "t", "f", "r", ".", ",", ":", ";", "'", "|", " ", "(", ")": 0.34
        case "m", "w", "M", "W", "%", "—": 0.9
        case "A"..."Z": 0.7
        default: 0.6
        }
      return width + share * size
    }
  }

  /// Cuts a text between words into lines that fit.
  static func wrapped(_ text: String, size: Double, width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, Self.width(of: "\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension Unicode.Scalar {
  /// Whether a terminal, an editor or a page obeys or hides the character instead of showing it:
  /// control characters, line and paragraph separators, and format characters such as the bidi
  /// overrides, with which a text looks like another one. The joiners inside words and emoji are
  /// text.
  package var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: value != 0x200C && value != 0x200D
    default: false
    }
  }

  /// The code point as standards write it, `U+001B`.
  package var code: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension StringProtocol {
  /// The text with every hidden character replaced by its code in angle brackets, so that it can be
  /// printed anywhere whoever wrote it: `<U+001B>`.
  package var visible: String {
    guard unicodeScalars.contains(where: \.isHidden) else { return String(self) }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isHidden { text += "<\(scalar.code)>" } else { text.unicodeScalars.append(scalar) }
    }
  }
  /// The same with line ends kept, for text of several lines.
  package var visibleLines: String {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(\.visible)
      .joined(separator: "\n")
  }

  /// The text on one line, so that nothing in it can end a comment, a row or a paragraph: line ends
  /// and tabs become spaces, other hidden characters their codes.
  package var oneLine: String {
    guard unicodeScalars.contains(where: \.isHidden) else { return String(self) }
    return unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\n", "\r", "\t", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}":
        if text.unicodeScalars.last != " " { text += " " }
      case _ where scalar.isHidden: text += "<\(scalar.code)>"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// One line without spaces at its edges: a title, a sentence or a note that somebody wrote.
  package var tidy: String {
    let line = oneLine.unicodeScalars
    let words = line.drop { $0.properties.isWhitespace }
    let end = words.lastIndex { !$0.properties.isWhitespace }
    return end.map { String(words[...$0]) } ?? ""
  }
}

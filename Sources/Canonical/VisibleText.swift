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
}

/// Writes JSON in two forms: one for people, one for hashes and pipes. Numbers that JSON cannot
/// hold are written as the strings `"nan"`, `"inf"` and `"-inf"`.
enum JSONWriter {
  /// How a value is laid out.
  enum Style {
    /// One line, members sorted by name, numbers by value.
    case canonical
    /// One line, members and numbers as written.
    case line
    /// Indented by two spaces, members and numbers as written.
    case pretty
  }

  static func write(_ value: JSONValue, _ style: Style, depth: Int, to text: inout String) {
    switch value.content {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let number, let written):
      if number.isFinite {
        text += style == .canonical ? number.shortestText : written
      } else {
        write(number.shortestText, to: &text)
      }
    case .string(let string): write(string, to: &text)
    case .array(let elements):
      let isFlat = elements.allSatisfy { $0.members == nil && $0.elements == nil }
      let items = elements.map { value in
        { text in write(value, style, depth: depth + 1, to: &text) }
      }
      list(items, "[", "]", isFlat: isFlat, style, depth, &text)
    case .object(let members):
      let ordered =
        style == .canonical
        ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : members
      let items = ordered.map { member in
        { (text: inout String) in
          write(member.name, to: &text)
          text += style == .canonical ? ":" : ": "
          write(member.value, style, depth: depth + 1, to: &text)
        }
      }
      list(items, "{", "}", isFlat: false, style, depth, &text)
    }
  }

  /// Items between brackets: one a line in the pretty form, unless the list holds only scalars.
  private static func list(
    _ items: [(inout String) -> Void], _ opening: String, _ closing: String, isFlat: Bool,
    _ style: Style, _ depth: Int, _ text: inout String
  ) {
    let breaks = style == .pretty && !isFlat && !items.isEmpty
    func newLine(_ depth: Int) {
      if breaks { text += "\n" + String(repeating: "  ", count: depth) }
    }
    text += opening
    for (index, item) in items.enumerated() {
      if index > 0 { text += style == .line || style == .pretty && isFlat ? ", " : "," }
      newLine(depth + 1)
      item(&text)
    }
    newLine(depth)
    text += closing
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JSONValue {
  /// One line without spaces, members sorted by the bytes of their names, numbers in the shortest
  /// form of their value: equal contents give equal text.
  package var canonicalText: String {
    var text = ""
    JSONWriter.write(self, .canonical, depth: 0, to: &text)
    return text
  }

  /// One line, members in written order.
  package var lineText: String {
    var text = ""
    JSONWriter.write(self, .line, depth: 0, to: &text)
    return text
  }

  /// Indented by two spaces, members in written order, ending with a newline.
  package var prettyText: String {
    var text = ""
    JSONWriter.write(self, .pretty, depth: 0, to: &text)
    return text + "\n"
  }
}

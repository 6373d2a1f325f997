/// The parts of a page as text.
enum HTML {
  /// Text between tags or in a quoted attribute.
  static func escaped(_ text: String) -> String { SVGText.escaped(text) }

  static func paragraph(_ text: String, _ style: String = "") -> String {
    "<p\(attribute("class", style))>\(sentence(text))</p>\n"
  }

  /// Running text, in which `words` between backticks are something to type.
  static func sentence(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1 else { return escaped(text) }
    return parts.enumerated().map { index, part in
      index % 2 == 0 ? escaped(String(part)) : "<code>\(escaped(String(part)))</code>"
    }.joined()
  }

  /// A list of sentences; nothing for none.
  static func list(_ entries: [String]) -> String {
    entries.isEmpty
      ? "" : "<ul>\n\(entries.map { "<li>\(sentence($0))</li>\n" }.joined())</ul>\n"
  }

  /// Running text in columns where there is room for several; nothing for none.
  static func columns(_ markup: String) -> String {
    markup.isEmpty ? "" : "<div class=\"prose\">\n\(markup)</div>\n"
  }

  /// A part that unfolds; its content is markup.
  static func details(_ summary: String, _ content: String) -> String {
    "<details>\n<summary>\(escaped(summary))</summary>\n\(content)</details>\n"
  }

  /// Lines to be typed.
  static func command(_ lines: [String]) -> String {
    "<pre class=\"command\"><code>\(lines.map(escaped).joined(separator: "\n"))</code></pre>\n"
  }

  /// A heading that can be linked to, with that link.
  static func heading(_ level: Int, _ text: String) -> String {
    let anchor = anchor(text)
    return "<h\(level) id=\"\(anchor)\">\(escaped(text))\(selfLink(anchor, text))</h\(level)>\n"
  }

  /// The name by which a heading can be linked to.
  static func anchor(_ heading: String) -> String {
    let words = heading.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let name = words.joined(separator: "-")
    // A selector cannot begin with a digit.
    return name.first?.isLetter == true ? name : "part-\(name)"
  }

  /// A link to a place of the page, for readers who want to name it.
  static func selfLink(_ anchor: String, _ name: String) -> String {
    "<a class=\"self\" href=\"#\(anchor)\" aria-label=\"Link to: \(escaped(name))\">#</a>"
  }

  /// A file that is part of the page.
  static func download(_ text: String, as name: String, type: String) -> String {
    "<a download=\"\(escaped(name))\" href=\"data:\(type);base64,"
      + "\(Base64.text(Array(text.utf8)))\">\(escaped(name))</a>"
  }

  /// A word on a ground of its own colour; what it means shows where a pointer rests on it.
  static func mark(_ word: String, _ colour: MarkColour, meaning: String = "") -> String {
    "<span class=\"mark \(colour.rawValue)\"\(attribute("title", meaning))>\(escaped(word))</span>"
  }

  /// A cell's markup, and whether it belongs to the left as words do.
  struct Cell {
    var markup: String
    var isText = false

    init(_ text: String, isText: Bool = false) {
      markup = escaped(text)
      self.isText = isText
    }

    init(markup: String, isText: Bool = false) {
      self.markup = markup
      self.isText = isText
    }
  }

  /// A table whose first column names its rows. It scrolls inside its own box, so that the page
  /// need not; the box takes the keyboard's focus.
  /// - Parameter style: `list` for a table that can be sorted and filtered.
  static func table(
    header: [String], rows: [[Cell]], caption: String, style: String = ""
  ) -> String {
    let head = header.enumerated().map { index, name in
      let isText = rows.contains { $0.indices.contains(index) && $0[index].isText }
      return "<th scope=\"col\"\(isText ? " class=\"text\"" : "")>\(escaped(name))</th>"
    }.joined()
    let body = rows.map { row in
      "<tr>"
        + row.enumerated().map { index, cell in
          index == 0
            ? "<th scope=\"row\">\(cell.markup)</th>"
            : "<td\(cell.isText ? " class=\"text\"" : "")>\(cell.markup)</td>"
        }.joined() + "</tr>\n"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(escaped(caption))">
      <table\(attribute("class", style))>
      <caption>\(escaped(caption))</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body.joined())</tbody>
      </table>
      </div>

      """
  }

  private static func attribute(_ name: String, _ value: String) -> String {
    value.isEmpty ? "" : " \(name)=\"\(escaped(value))\""
  }
}

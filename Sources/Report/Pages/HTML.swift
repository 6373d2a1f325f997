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

  /// A part that unfolds; its content is markup.
  static func details(_ summary: String, _ content: String) -> String {
    "<details>\n<summary>\(escaped(summary))</summary>\n\(content)</details>\n"
  }

  /// Lines to be typed.
  static func command(_ lines: [String]) -> String {
    "<pre><code>\(lines.map(escaped).joined(separator: "\n"))</code></pre>\n"
  }

  /// A cell's markup, and whether it belongs to the left as words do.
  struct Cell {
    var markup: String
    var isText = false

    init(_ text: String, isText: Bool = false) {
      markup = escaped(text)
      self.isText = isText
    }

    init(markup: String) { self.markup = markup }
  }

  /// A table whose first column names its rows. It scrolls inside its own box, so that the page
  /// need not; the box takes the keyboard's focus.
  static func table(header: [String], rows: [[Cell]], caption: String) -> String {
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
      <table>
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

/// The tags of a document in order: enough to see whether each is closed where it should be.
struct XMLOutline {
  /// What is wrong; nil if nothing is.
  private(set) var problem: String?
  /// How often each tag opens.
  private(set) var counts: [String: Int] = [:]

  private static let empty: Set = ["meta", "link", "!DOCTYPE", "br"]

  /// Reads the tags; the content of `style` is none of its business.
  init(_ text: String) throws {
    var open: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else {
        problem = "a tag does not end"
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!--") { continue }
      if tag.hasPrefix("/") {
        let last = open.popLast()
        if last != String(tag.dropFirst()) {
          problem = "</\(tag.dropFirst())> closes \(last ?? "nothing")"
          return
        }
        continue
      }
      let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
      counts[name, default: 0] += 1
      if tag.filter({ $0 == "\"" }).count % 2 != 0 { problem = "a quote too many in <\(tag)>" }
      if !tag.hasSuffix("/"), !Self.empty.contains(name) { open.append(name) }
    }
    if let last = open.last { problem = "<\(last)> is never closed" }
  }

  /// Whether nothing is wrong.
  var isBalanced: Bool { problem == nil }
}

import Durable

/// A page in Markdown as a Git host shows it: its links, and the headings that links can lead to.
struct MarkdownPage {
  let path: String
  /// The lines outside of fenced code.
  private let lines: [String]

  init(path: String, text: String) {
    self.path = path
    var isCode = false
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.hasPrefix("```") {
        isCode.toggle()
        return nil
      }
      return isCode || line.hasPrefix("    ") ? nil : String(line)
    }
  }

  init(_ path: String) throws {
    self.init(path: path, text: String(decoding: try FileContents.read(path), as: UTF8.self))
  }

  /// Every page below a folder; hidden folders and those of builds are left out.
  static func all(below folder: String) throws -> [MarkdownPage] {
    try Folder.entries(folder).flatMap { name -> [MarkdownPage] in
      let path = PathName.join(folder, name)
      if FileContents.identity(of: path)?.isFolder == true {
        return name.hasPrefix(".") || name == "runs" ? [] : try all(below: path)
      }
      return name.hasSuffix(".md") ? [try MarkdownPage(path)] : []
    }
  }

  /// A link as written, without the angle brackets that it may stand in.
  struct Link {
    let target: String

    /// Why it leads nowhere, or nil; links to other hosts are not followed.
    func problem(from page: MarkdownPage) -> String? {
      if target.contains("://") || target.hasPrefix("mailto:") { return nil }
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      var file = page.path
      if !parts[0].isEmpty {
        file = PathName.join(PathName.parent(of: page.path), String(parts[0]))
      }
      guard FileContents.exists(file) else { return "there is no such file" }
      guard parts.count == 2, file.hasSuffix(".md") else { return nil }
      let anchors = (try? MarkdownPage(file))?.anchors ?? []
      return anchors.contains(String(parts[1])) ? nil : "the page has no such heading"
    }
  }

  /// The links and pictures in written order.
  var links: [Link] {
    lines.flatMap { line -> [Link] in
      // What stands between backquotes is code.
      let text = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .map { $0 % 2 == 0 ? String($1) : "" }.joined()
      let inline = Self.targets(in: text, from: "](", to: ")")
      return (inline + Self.targets(in: text, from: "src=\"", to: "\"")).map { Link(target: $0) }
    }
  }

  private static func targets(in text: String, from start: String, to end: String) -> [String] {
    text.ranges(of: start).compactMap { range in
      let rest = text[range.upperBound...]
      return rest.ranges(of: end).first.map { String(rest[..<$0.lowerBound]) }
    }
  }

  /// What links call the headings: small letters, digits and hyphens for spaces.
  var anchors: Set<String> {
    Set(
      lines.filter { $0.hasPrefix("#") }.map { line in
        let heading = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
        return String(
          heading.compactMap { character -> Character? in
            if character == " " { return "-" }
            return character.isLetter || character.isNumber || "-_".contains(character)
              ? character : nil
          })
      })
  }
}

import Canonical
import Durable
import Glibc
import TestSupport
import Testing

@testable import GenerateDocs

@Suite struct DocumentationTests {
  private static let repository = PathName.parent(of: RepositoryText.path("README.md"))

  /// The program lies beside the tests.
  private static let program: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let path = String(
      decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return PathName.join(PathName.parent(of: path), "regbench")
  }()

  @Test func `every generated part of a page is what the program says`() throws {
    for part in try Documentation.parts(repository: Self.repository, program: Self.program) {
      let isCurrent = try part.isCurrent(below: Self.repository)
      #expect(isCurrent, "\(part.path): `make docs` writes it anew")
    }
  }

  @Test func `every relative link leads to a file, and to a heading of it`() throws {
    let pages = try MarkdownPage.all(below: Self.repository)
    #expect(pages.count > 15)
    for page in pages {
      for link in page.links {
        let problem = link.problem(from: page)
        #expect(problem == nil, "\(page.path): \(link.target): \(problem ?? "")")
      }
    }
  }

  @Test func `the index leads to every page`() throws {
    let folder = PathName.join(Self.repository, Documentation.folder)
    let index = try MarkdownPage(PathName.join(folder, "README.md"))
    let linked = Set(index.links.map(\.target))
    for name in try Folder.entries(folder) where name.hasSuffix(".md") && name != "README.md" {
      #expect(linked.contains(name))
    }
  }

  @Test func `links are found outside of code alone`() {
    let page = MarkdownPage(
      path: "a.md",
      text: """
        # One `two`: three!
        See [this](b.md#x) and `[no](c.md)`, <img src="d.svg" width="3">.
        ```
        [no](e.md)
        ```
        """)
    #expect(page.links.map(\.target) == ["b.md#x", "d.svg"])
    #expect(page.anchors == ["one-two-three"])
  }
}

@Suite struct ConfigReferenceTests {
  @Test func `every key has a meaning`() {
    let bare = ConfigReference.keys.filter { $0.meaning.isEmpty }.map(\.path)
    #expect(bare == [])
  }

  @Test func `schemas in words`() throws {
    func words(_ text: String) throws -> String {
      ConfigReference.words(for: try JSONParser.parse(Array(text.utf8), file: "s").get())
    }
    #expect(try words(#"{"enum": ["a", "b"]}"#) == "`\"a\"`, `\"b\"`")
    #expect(
      try words(#"{"type": "integer", "minimum": 1, "maximum": 9}"#) == "whole number from 1 to 9")
    #expect(try words(#"{"type": ["number", "string"]}"#) == "number or expression")
    #expect(try words(#"{"type": "array", "items": {"type": "string"}}"#) == "list of text")
    #expect(
      try words(
        #"{"anyOf": [{"type": "integer"}, {"properties": {"select": {}}}, {"$ref": "x"}]}"#)
        == "whole number (selectable)")
  }
}

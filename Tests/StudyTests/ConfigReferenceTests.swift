import Canonical
import TestSupport
import Testing

@testable import Study

@Suite struct ConfigReferenceTests {
  private let page = "Sources/regbench/regbench.docc/Configs.md"

  @Test func `the page has the tables`() throws {
    let isRight = try RepositoryText.holds(
      page, between: "generated", "\n\(ConfigReference.markdown)")
    #expect(isRight, "\(page): REGBENCH_RECORD=1 writes it anew")
  }

  @Test func `every meaning is that of a key`() {
    let paths = Set(ConfigReference.keys.map(\.path))
    let stale = ConfigReference.meanings.keys.filter { !paths.contains($0) }.sorted()
    #expect(stale == [])
  }

  @Test func `every key has a meaning`() {
    let bare = ConfigReference.keys.map(\.path).filter { ConfigReference.meanings[$0] == nil }
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

import Canonical
import Testing

@testable import Study

@Suite struct PatchTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8), file: "x.json").get()
  }

  private func merge(_ base: String, _ patch: String) throws -> (text: String, messages: [String]) {
    let diagnostics = DiagnosticCollector()
    let merged = Patch.merge(try parse(base), try parse(patch), diagnostics)
    let messages = diagnostics.diagnostics.map { diagnostic in
      "\(diagnostic.location.column) \(diagnostic.message)"
        + (diagnostic.advice.map { " | \($0)" } ?? "")
    }
    return (merged.canonicalText, messages)
  }

  @Test(
    arguments: [
      (#"{"a": 1, "b": {"c": 2}}"#, #"{"b": {"d": 3}}"#, #"{"a":1,"b":{"c":2,"d":3}}"#),
      (#"{"a": 1, "b": 2}"#, #"{"a": null}"#, #"{"b":2}"#),
      (#"{"a": [1, 2]}"#, #"{"a": [3]}"#, #"{"a":[3]}"#),
      (#"{"a": {"b": 1}}"#, #"{"a": 5}"#, #"{"a":5}"#),
      (#"{"a": 5}"#, #"{"a": {"b": {"c": 1}}}"#, #"{"a":{"b":{"c":1}}}"#),
      (
        #"{"l": [{"name": "x", "v": 1}, {"name": "y", "v": 2}]}"#,
        #"{"l": {"note": "n", "y": {"v": 3, "w": 4}}}"#,
        #"{"l":[{"name":"x","v":1},{"name":"y","v":3,"w":4}]}"#
      ),
      (
        #"{"l": [{"name": "x"}, {"name": "y"}, {"name": "z"}]}"#,
        #"{"l": {"x": null, "z": {"v": 1}}}"#,
        #"{"l":[{"name":"y"},{"name":"z","v":1}]}"#
      ),
      (#"{"l": [1, 2]}"#, #"{"l": {"x": 1}}"#, #"{"l":{"x":1}}"#),
    ])
  func merges(base: String, patch: String, expected: String) throws {
    let (text, messages) = try merge(base, patch)
    #expect(text == expected)
    #expect(messages.isEmpty)
  }

  @Test func `patching a name that does not exist is an error`() throws {
    #expect(
      try merge(#"{"l": [{"name": "Dropout"}]}"#, #"{"l": {"Dropuot": {"v": 1}}}"#).messages
        == [
          "8 there is no element \"Dropuot\" to patch | did you mean \"Dropout\"? known: \"Dropout\"; an object changes what the list has, by names: for one more, write the whole list"
        ])
    #expect(
      try merge(#"{"batch": 1}"#, #"{"bach": null}"#).messages
        == ["2 there is no \"bach\" for null to remove | did you mean \"batch\"? known: \"batch\""])
    #expect(try merge("{}", #"{"a": {"b": null}}"#).messages.count == 1)
  }

  @Test func `patched values keep the places where they were written`() throws {
    let base = try JSONParser.parse(Array("{\"a\": {\"b\": 1}}".utf8), file: "base").get()
    let patch = try JSONParser.parse(Array("{\"a\":\n{\"c\": 2}}".utf8), file: "patch").get()
    let merged = Patch.merge(base, patch, DiagnosticCollector())
    #expect(
      merged["a"]?["b"]?.location == Canonical.SourceLocation(file: "base", line: 1, column: 13))
    #expect(
      merged["a"]?["c"]?.location == Canonical.SourceLocation(file: "patch", line: 2, column: 7))
  }
}

import Testing

@testable import Canonical

@Suite struct JSONParserTests {
  private func parse(_ text: String) -> Result<JSONValue, Diagnostic> {
    JSONParser.parse(Array(text.utf8), file: "x.json")
  }

  @Test func `reads every kind`() throws {
    let value = try parse(
      " {\"a\": [1, -2.5e-3, true, false, null], \"b\": {\"c\": \"d\"}, \"e\": [], \"f\": {}} "
    ).get()
    let expected = JSONValue.object([
      "a": .array([
        .number(1), JSONValue(.number(-0.0025, text: "-2.5e-3")), .bool(true), .bool(false), .null,
      ]),
      "b": .object(["c": .string("d")]), "e": .array([]),
      "f": .object([JSONValue.Member]()),
    ])
    #expect(value == expected)
  }

  @Test func `decodes escapes`() throws {
    let value = try parse(#""\"\\\/\b\f\n\r\tA\u00e9\uD83D\ude00é😀""#).get()
    #expect(value.stringValue == "\"\\/\u{8}\u{C}\n\r\tAé😀é😀")
  }

  @Test func `places count scalars and lines`() throws {
    let value = try parse("{\"é😀\": 1,\r\n  \"b\": [true,\n null]}").get()
    let members = try #require(value.members)
    #expect(
      members[0].value.location == Canonical.SourceLocation(file: "x.json", line: 1, column: 8))
    #expect(members[1].nameLocation == Canonical.SourceLocation(file: "x.json", line: 2, column: 3))
    let list = try #require(members[1].value.elements)
    #expect(list[0].location == Canonical.SourceLocation(file: "x.json", line: 2, column: 9))
    #expect(list[1].location == Canonical.SourceLocation(file: "x.json", line: 3, column: 2))
  }

  @Test(
    arguments: [
      ("", 1, 1, "expected a value, found the end of the file"),
      ("{", 1, 2, "expected a name in double quotes, found the end of the file"),
      ("{} x", 1, 4, "expected the end of the file, found \"x\""),
      ("{\"a\" 1}", 1, 6, "expected \":\" after \"a\", found \"1\""),
      ("{\"a\":1,}", 1, 7, "a comma before \"}\""),
      ("[1,\n]", 1, 3, "a comma before \"]\""),
      ("[,1]", 1, 2, "expected a value, found \",\""),
      ("[1 2]", 1, 4, "expected \",\" or \"]\", found \"2\""),
      ("{\"a\":1,\"a\":2}", 1, 8, "the name \"a\" occurs twice in one object"),
      ("{\"a\":1,\"\\u0061\":2}", 1, 8, "the name \"a\" occurs twice in one object"),
      ("{a: 1}", 1, 2, "expected a name in double quotes, found \"a\""),
      ("[yes]", 1, 2, "unknown word yes"),
      ("[True]", 1, 2, "unknown word True"),
      ("[NaN]", 1, 2, "unknown word NaN"),
      ("01", 1, 1, "a number must not start with 0"),
      ("-", 1, 2, "expected a digit, found the end of the file"),
      ("1.", 1, 3, "expected a digit, found the end of the file"),
      ("[.5]", 1, 2, "expected a value, found \".\""),
      ("+1", 1, 1, "expected a value, found \"+\""),
      ("1e", 1, 3, "expected a digit, found the end of the file"),
      ("1e999", 1, 1, "the number 1e999 is too large or too small"),
      ("1e-999", 1, 1, "the number 1e-999 is too large or too small"),
      ("0x10", 1, 2, "expected the end of the file, found \"x\""),
      ("\"abc", 1, 1, "a string without its closing quote"),
      ("\"a\nb\"", 1, 3, "a line break in a string"),
      ("\"a\tb\"", 1, 3, "a control character in a string"),
      ("\"\\x\"", 1, 2, "unknown escape in a string"),
      ("\"\\u12g4\"", 1, 2, "\\u needs four hexadecimal digits"),
      ("\"\\u12", 1, 2, "\\u needs four hexadecimal digits"),
      ("\"\\ud800\"", 1, 2, "half of a surrogate pair"),
      ("\"\\udc00\\ud800\"", 1, 2, "half of a surrogate pair"),
      ("\"\\ud800\\u0041\"", 1, 2, "half of a surrogate pair"),
      ("// x\n1", 1, 1, "expected a value, found \"/\""),
      ("{'a': 1}", 1, 2, "expected a name in double quotes, found \"'\""),
      ("\u{FEFF}{}", 1, 1, "the file starts with a byte-order mark"),
    ])
  func `wrong JSON is refused with its place`(text: String, line: Int, column: Int, message: String)
  {
    guard case .failure(let problem) = parse(text) else {
      Issue.record("\(text) was accepted")
      return
    }
    #expect(problem.message == message)
    #expect(
      problem.location == Canonical.SourceLocation(file: "x.json", line: line, column: column))
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    let bad: [[UInt8]] = [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ]
    for bytes in bad {
      let text = Array("{\"a\": \"".utf8) + bytes + Array("\"}".utf8)
      guard case .failure(let problem) = JSONParser.parse(text, file: "x.json") else {
        Issue.record("\(bytes) was accepted")
        continue
      }
      #expect(problem.message == "the file is not UTF-8 text: byte 7")
      #expect(problem.location.column == 8)
    }
  }

  @Test func `nesting is limited`() {
    let limit = JSONParser.depthLimit
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try parse(nested(limit)).get() }
    #expect(throws: Diagnostic.self) { try parse(nested(limit + 1)).get() }
    #expect(throws: Diagnostic.self) { try parse(String(repeating: "[", count: 1_000_000)).get() }
    #expect(throws: Diagnostic.self) {
      try parse(String(repeating: "{\"a\":", count: 1_000_000)).get()
    }
  }

  @Test func `every cut of a document is an error and never a trap`() {
    let whole = Array(#"{"a": [1.5e3, "x\u00e9\n", true, null], "b": {"c": -0.25}}"#.utf8)
    for length in 0..<whole.count {
      let result = JSONParser.parse(Array(whole[..<length]), file: "x.json")
      #expect(throws: Diagnostic.self) { try result.get() }
    }
  }

  @Test func `every single byte change is read or refused`() throws {
    let whole = Array(#"{"a": [1.5e3, "x\u00e9\n", true, null], "b": -0.25}"#.utf8)
    for index in whole.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = whole
        changed[index] = byte
        guard case .success(let value) = JSONParser.parse(changed, file: "x.json") else { continue }
        let again = JSONParser.parse(Array(value.canonicalText.utf8), file: "y.json")
        #expect(try again.get().canonicalText == value.canonicalText)
      }
    }
  }
}

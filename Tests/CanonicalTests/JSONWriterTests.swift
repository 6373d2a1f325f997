import Testing

@testable import Canonical

@Suite struct JSONWriterTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8), file: "x.json").get()
  }

  @Test func `canonical text ignores order, spaces and spelling`() throws {
    let a = try parse("{\"b\": [1.0, 1e-1], \"a\": \"\\u0041\"}")
    let b = try parse("{\n \"a\":\"A\", \"b\" :[1, 0.10]}")
    #expect(a.canonicalText == "{\"a\":\"A\",\"b\":[1,0.1]}")
    #expect(a.canonicalText == b.canonicalText)
  }

  @Test func `members are sorted by their bytes`() throws {
    let value = try parse("{\"é\": 1, \"z\": 2, \"Z\": 3, \"aa\": 4, \"a\": 5}")
    #expect(value.canonicalText == "{\"Z\":3,\"a\":5,\"aa\":4,\"z\":2,\"é\":1}")
  }

  @Test func `pretty text keeps order and spelling`() throws {
    let value = try parse(
      "{\"b\":[1.0,5e-4,\"x\"],\"a\":{\"c\":[{\"d\":null},[]],\"e\":{}}}")
    #expect(
      value.prettyText == """
        {
          "b": [1.0, 5e-4, "x"],
          "a": {
            "c": [
              {
                "d": null
              },
              []
            ],
            "e": {}
          }
        }

        """)
    #expect(try parse(value.prettyText) == value)
  }

  @Test func `strings read back`() throws {
    let text = "quote \" backslash \\ line\nreturn\rtab\tbell\u{7} nul\u{0} é 😀 \u{7F} \u{2028}"
    let value = JSONValue.string(text)
    #expect(try parse(value.canonicalText).stringValue == text)
    #expect(value.canonicalText.contains("\\u0007"))
  }

  @Test(arguments: [0.1, -0.0, 1e300, .leastNonzeroMagnitude, 1.0 / 3, 123_456_789_012, 2.5e-8])
  func `numbers read back to the same bits`(number: Double) throws {
    let value = try parse(JSONValue.number(number).canonicalText)
    #expect(value.doubleValue?.bitPattern == number.bitPattern)
  }

  @Test func `numbers that JSON cannot hold become strings`() {
    let list = JSONValue.array([.number(.nan), .number(.infinity), .number(-.infinity)])
    #expect(list.canonicalText == "[\"nan\",\"inf\",\"-inf\"]")
  }
}

import Testing

@testable import Canonical

@Suite struct ObjectReaderTests {
  private enum Colour: String, CaseIterable { case red, green }

  /// Reads `text` and gives the body's result and the messages.
  private func reading<Result>(
    _ text: String, variables: [String: Double] = [:], _ body: (ObjectReader) -> Result
  ) throws -> (result: Result, messages: [String]) {
    let value = try JSONParser.parse(Array(text.utf8), file: "x.json").get()
    let diagnostics = DiagnosticCollector()
    let result = body(ObjectReader(value, diagnostics, variables: variables))
    let messages = diagnostics.diagnostics.map {
      let advice = $0.advice.map { " | \($0)" } ?? ""
      return "\($0.location.line):\($0.location.column) \($0.message)\(advice)"
    }
    return (result, messages)
  }

  @Test func `reads every kind`() throws {
    let text = """
      {"i": 3, "d": "0.5/sqrt(n)", "s": "x", "b": true, "e": "green", "l": ["p", "q"],
       "o": {"k": 1}, "r": [{"k": 2}, {"k": 3}], "note": "anything"}
      """
    let (sum, messages) = try reading(text, variables: ["n": 25]) { reader in
      #expect(reader.int("i", in: 0...5) == 3)
      #expect(reader.double("d", in: 0...1) == 0.1)
      #expect(reader.string("s") == "x")
      #expect(reader.bool("b"))
      #expect(reader.choice("e") as Colour == .green)
      #expect(reader.strings("l") == ["p", "q"])
      let one = reader.object("o") { $0.int("k", in: 0...9) }
      let list = reader.objects("r") { $0.int("k", in: 0...9) }
      reader.finish()
      return one + list.reduce(0, +)
    }
    #expect(sum == 6)
    #expect(messages.isEmpty)
  }

  @Test func `absent keys take their defaults`() throws {
    let (_, messages) = try reading("{}") { reader in
      #expect(reader.int("i", default: 7, in: 0...9) == 7)
      #expect(reader.double("d", default: 0.5, in: 0...1) == 0.5)
      #expect(reader.string("s", default: "y") == "y")
      #expect(reader.bool("b", default: true))
      #expect(reader.choice("e", default: Colour.red) == .red)
      #expect(reader.strings("l", default: ["z"]) == ["z"])
      #expect(reader.objects("r") { _ in 1 }.isEmpty)
      #expect(!reader.has("i"))
      reader.finish()
    }
    #expect(messages.isEmpty)
  }

  @Test func `all errors are reported at once and in place`() throws {
    let text = """
      {"i": 1.5, "j": 12,
       "d": "x", "e": "gren", "b": 1,
       "l": [1], "o": [], "bacth": 2}
      """
    let (_, messages) = try reading(text) { reader in
      _ = reader.int("i", in: 0...5)
      _ = reader.int("j", in: 0...5)
      _ = reader.double("d", in: 0...1)
      _ = reader.choice("e") as Colour
      _ = reader.bool("b")
      _ = reader.strings("l")
      reader.object("o") { _ = $0.int("k", default: 1, in: 0...9) }
      _ = reader.int("batch", in: 1...9)
      reader.finish()
    }
    #expect(
      messages == [
        "1:7 \"i\" must be a whole number, found the number 1.5",
        "1:17 \"j\" must lie in 0...5",
        "2:7 \"d\": unknown name \"x\" in \"x\" (known: sqrt(…))",
        "2:17 unknown value for \"e\" \"gren\" | did you mean \"green\"? allowed: \"green\", \"red\"",
        "2:30 \"b\" must be true or false, found the number 1",
        "3:8 \"l\" must be a string, found the number 1",
        "3:17 expected an object { … }, found a list",
        "1:1 missing key \"batch\"",
        "3:21 unknown key \"bacth\" | did you mean \"batch\"? allowed: \"b\", \"batch\", \"d\", \"e\", \"i\", \"j\", \"l\", \"note\", \"o\"",
      ])
  }

  @Test func `anything but an object is one error`() throws {
    let (value, messages) = try reading("[1]") { reader in
      let value = reader.int("a", default: 4, in: 0...9)
      reader.finish()
      return value
    }
    #expect(value == 4)
    #expect(messages == ["1:1 expected an object { … }, found a list"])
  }

  @Test func `a missing or wrong object is one error, not one for each of its keys`() throws {
    let (_, messages) = try reading("{\"wrong\": 5}") { reader in
      reader.object("absent") { _ = $0.int("k", in: 0...9) }
      reader.object("wrong") { _ = $0.int("k", in: 0...9) }
    }
    #expect(
      messages == [
        "1:1 missing key \"absent\"", "1:11 expected an object { … }, found the number 5",
      ])
  }
}

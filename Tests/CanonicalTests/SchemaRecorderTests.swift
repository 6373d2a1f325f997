import Testing

@testable import Canonical

@Suite struct SchemaRecorderTests {
  private enum Fruit: String, CaseIterable { case apple, pear }

  /// The schema of what `read` asks for, found absent.
  private func schema(_ read: (ObjectReader) -> Void) -> JSONValue {
    let recorder = SchemaRecorder()
    let empty = JSONValue.object([JSONValue.Member]())
    read(ObjectReader(empty, DiagnosticCollector(), recorder: recorder))
    return recorder.schema()
  }

  @Test func `what is asked for is allowed and nothing else`() {
    let schema = schema { reader in
      _ = reader.int("count", in: 1...9)
      _ = reader.double("rate", default: 0.5, in: 0...1)
      _ = reader.choice("fruit", default: Fruit.apple)
      _ = reader.strings("names", default: [])
      _ = reader.raw("anything")
      _ = reader.has("perhaps")
    }
    let keys = schema["properties"]?.members?.map(\.name)
    #expect(keys == ["note", "count", "rate", "fruit", "names", "anything", "perhaps"])
    #expect(
      schema["properties"]?["count"]
        == .object([
          "type": .string("integer"), "minimum": .number(1), "maximum": .number(9),
        ]))
    #expect(
      schema["properties"]?["fruit"]
        == .object(["enum": .array([.string("apple"), .string("pear")])]))
    #expect(schema["properties"]?["anything"]?.members?.isEmpty == true)
    #expect(schema["additionalProperties"]?.boolValue == false)
  }

  @Test func `objects and lists of objects are followed`() {
    let schema = schema { reader in
      _ = reader.object("inner") { $0.bool("flag", default: false) }
      _ = reader.objects("list") { $0.string("name") }
    }
    #expect(
      schema["properties"]?["inner"]?["properties"]?["flag"]
        == .object(["type": .string("boolean")]))
    #expect(
      schema["properties"]?["list"]?["items"]?["properties"]?["name"]
        == .object(["type": .string("string")]))
  }

  @Test func `two readings are alternatives`() {
    let schema = schema { reader in
      _ = reader.int("length", default: 1, in: 1...9)
      _ = reader.string("length", default: "")
      _ = reader.string("length", default: "")
    }
    #expect(schema["properties"]?["length"]?["anyOf"]?.elements?.count == 2)
  }

  @Test func `keys that were only looked for are named`() {
    let recorder = SchemaRecorder()
    let reader = ObjectReader(
      .object([JSONValue.Member]()), DiagnosticCollector(), recorder: recorder)
    _ = reader.has("a")
    _ = reader.has("b") ? reader.string("b") : ""
    _ = reader.raw("c")
    #expect(recorder.unread == ["a", "b"])
  }
}

/// Gathers what an `ObjectReader` asks of an object, as a JSON Schema: the keys, their types, ranges
/// and choices. Whoever reads a type with it gets the schema of what the type accepts, which
/// therefore cannot fall behind.
package final class SchemaRecorder {
  /// What is known of one key.
  private struct Key {
    var name: String
    /// Types, each once.
    var types: [JSONValue] = []
    /// Whether the value is looked at in ways that the reader does not see.
    var isOpen = false
    var object: SchemaRecorder?
    var element: SchemaRecorder?
  }

  private var keys: [Key] = []

  /// Starts with nothing.
  package init() {}

  /// The keys of which nothing but the name is known: they were asked for, found absent, and not
  /// read.
  package var unread: [String] {
    keys.filter { $0.types.isEmpty && !$0.isOpen && $0.object == nil && $0.element == nil }
      .map(\.name)
  }

  /// Notes that the key exists.
  func note(_ name: String) { _ = index(of: name) }

  /// Notes that the key's value may be anything, as far as the reader knows.
  func noteOpen(_ name: String) { keys[index(of: name)].isOpen = true }

  /// Notes a type of the key's value.
  func note(_ name: String, _ type: JSONValue) {
    let index = index(of: name)
    if !keys[index].types.contains(type) { keys[index].types.append(type) }
  }

  /// The recorder of the object under a key.
  func object(_ name: String) -> SchemaRecorder {
    let index = index(of: name)
    let recorder = keys[index].object ?? SchemaRecorder()
    keys[index].object = recorder
    return recorder
  }

  /// The recorder of the objects in the list under a key.
  func element(_ name: String) -> SchemaRecorder {
    let index = index(of: name)
    let recorder = keys[index].element ?? SchemaRecorder()
    keys[index].element = recorder
    return recorder
  }

  /// The schema of the object: no keys but those asked for, and a note. `number` replaces the schema
  /// of a number, for places that take more than numbers; `known` replaces whole keys.
  package func schema(
    number: (JSONValue) -> JSONValue = { $0 }, known: [String: JSONValue] = [:]
  ) -> JSONValue {
    var members = [JSONValue.Member("note", .object(["type": .string("string")]))]
    for key in keys where key.name != "note" {
      members.append(.init(key.name, known[key.name] ?? schema(of: key, number)))
    }
    return .object([
      "type": .string("object"), "properties": .object(members),
      "additionalProperties": .bool(false),
    ])
  }

  private func schema(of key: Key, _ number: (JSONValue) -> JSONValue) -> JSONValue {
    guard !key.isOpen else { return .object([JSONValue.Member]()) }
    var alternatives = key.types.map { type in
      type["minimum"] != nil ? number(type) : type
    }
    if let object = key.object { alternatives.append(object.schema(number: number)) }
    if let element = key.element {
      alternatives.append(
        .object(["type": .string("array"), "items": element.schema(number: number)]))
    }
    switch alternatives.count {
    case 0: return .object([JSONValue.Member]())
    case 1: return alternatives[0]
    default: return .object(["anyOf": .array(alternatives)])
    }
  }

  private func index(of name: String) -> Int {
    if let index = keys.firstIndex(where: { $0.name == name }) { return index }
    keys.append(Key(name: name))
    return keys.count - 1
  }
}

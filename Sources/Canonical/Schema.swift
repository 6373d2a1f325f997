/// JSON Schemas of the values that configs hold.
package enum Schema {
  package static let string = JSONValue.object(["type": .string("string")])
  package static let boolean = JSONValue.object(["type": .string("boolean")])
  package static let anything = JSONValue.object([JSONValue.Member]())
  package static let anyObject = JSONValue.object(["type": .string("object")])

  /// A whole number.
  package static func integer(_ range: ClosedRange<Int>) -> JSONValue {
    .object([
      "type": .string("integer"), "minimum": .number(range.lowerBound),
      "maximum": .number(range.upperBound),
    ])
  }

  /// A number, or an expression.
  package static func number(_ range: ClosedRange<Double>) -> JSONValue {
    .object([
      "type": .array([.string("number"), .string("string")]),
      "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
    ])
  }

  /// One of several texts.
  package static func choice(_ names: [String]) -> JSONValue {
    .object(["enum": .array(names.map { .string($0) })])
  }

  /// One text.
  package static func constant(_ text: String) -> JSONValue {
    .object(["const": .string(text)])
  }

  package static func list(of items: JSONValue) -> JSONValue {
    .object(["type": .string("array"), "items": items])
  }

  /// Whatever one of the schemas accepts, each said once.
  package static func anyOf(_ schemas: [JSONValue]) -> JSONValue {
    let distinct = schemas.reduce(into: [JSONValue]()) { if !$0.contains($1) { $0.append($1) } }
    return distinct.count == 1 ? distinct[0] : .object(["anyOf": .array(distinct)])
  }

  /// An object with these keys, a note and no other.
  package static func object(_ members: [JSONValue.Member]) -> JSONValue {
    .object([
      "type": .string("object"), "properties": .object([.init("note", string)] + members),
      "additionalProperties": .bool(false),
    ])
  }

  /// An object with these keys.
  package static func object(_ keys: [ConfigKey]) -> JSONValue { object(members(of: keys)) }

  /// Keys with the schemas of their values. One that occurs several times belongs to several kinds
  /// and takes what any of them takes.
  package static func members(of keys: [ConfigKey]) -> [JSONValue.Member] {
    var names: [String] = []
    for key in keys where !names.contains(key.name) { names.append(key.name) }
    return names.map { name in
      let alternatives = keys.filter { $0.name == name }.map(\.schema)
      let meanings = alternatives.compactMap { $0["description"]?.stringValue }
        .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      var schema = anyOf(
        alternatives.map { alternative in
          var bare = alternative
          bare["description"] = nil
          return bare
        })
      schema["description"] = .string(meanings.joined(separator: "; "))
      return JSONValue.Member(name, schema)
    }
  }

  /// The schema with every number in it replaced by `change`, but for those in lists; descriptions stay
  /// where they are.
  package static func mapNumbers(
    in schema: JSONValue, _ change: (JSONValue) -> JSONValue
  ) -> JSONValue {
    if schema["minimum"] != nil {
      var number = schema
      number["description"] = nil
      var changed = change(number)
      changed["description"] = schema["description"]
      return changed
    }
    var result = schema
    if let items = schema["items"], items["minimum"] != nil { return schema }
    if let members = schema.members {
      result.content = .object(
        members.map { .init($0.name, mapNumbers(in: $0.value, change)) })
    } else if let elements = schema.elements {
      result.content = .array(elements.map { mapNumbers(in: $0, change) })
    }
    return result
  }
}

/// JSON Schemas of the values that configs hold.
package enum Schema {
  package static let string = JSONValue.object(["type": .string("string")])
  package static let boolean = JSONValue.object(["type": .string("boolean")])
  package static let anything = JSONValue.object([JSONValue.Member]())
  package static let anyObject = JSONValue.object(["type": .string("object")])

  /// A number, or an expression, in any range.
  package static let anyNumber = JSONValue.object([
    "type": .array([.string("number"), .string("string")])
  ])

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

  /// A list with something in it.
  package static func filledList(of items: JSONValue) -> JSONValue {
    var list = list(of: items)
    list["minItems"] = .number(1)
    return list
  }

  /// Whatever one of the schemas accepts, each said once.
  package static func anyOf(_ schemas: [JSONValue]) -> JSONValue {
    let distinct = schemas.unique(by: \.canonicalText)
    return distinct.count == 1 ? distinct[0] : .object(["anyOf": .array(distinct)])
  }

  /// An object with these keys, a note and no other.
  package static func object(_ members: [JSONValue.Member]) -> JSONValue {
    .object([
      "type": .string("object"), "properties": .object([.init("note", string)] + members),
      "additionalProperties": .bool(false),
    ])
  }

  /// A schema of `$defs`.
  package static func reference(_ name: String) -> JSONValue {
    .object(["$ref": .string("\(definitions)\(name)")])
  }

  /// What a reference begins with.
  package static let definitions = "#/$defs/"

  /// An object with these keys, of which some must be there.
  package static func object(_ keys: [ConfigKey]) -> JSONValue {
    var schema = object(members(of: keys))
    let required = keys.filter { $0.presence == .required && $0.alternatives.isEmpty }.map(\.name)
    if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
    let groups = keys.filter { !$0.alternatives.isEmpty }.unique(by: \.alternatives).map(choice)
    switch groups.count {
    case 0: break
    case 1: schema["oneOf"] = groups[0]
    case _: schema["allOf"] = .array(groups.map { .object(["oneOf": $0]) })
    }
    return schema
  }

  /// Exactly one of a key's alternatives, or none where it may be absent.
  private static func choice(_ key: ConfigKey) -> JSONValue {
    let each = key.alternatives.map { JSONValue.object(["required": .array([.string($0)])]) }
    let none = JSONValue.object(["not": .object(["anyOf": .array(each)])])
    return .array(each + (key.presence == .optional ? [none] : []))
  }

  /// Keys with the schemas of their values. One that occurs several times belongs to several kinds
  /// and takes what any of them takes.
  package static func members(of keys: [ConfigKey]) -> [JSONValue.Member] {
    keys.map(\.name).unique.map { name in
      let alternatives = keys.filter { $0.name == name }.map(\.schema)
      let meanings = alternatives.compactMap { $0["description"]?.stringValue }.unique
      let usual = alternatives.map { $0["default"] }
      var schema = anyOf(
        alternatives.map { alternative in
          var bare = alternative
          bare["description"] = nil
          bare["default"] = nil
          return bare
        })
      schema["description"] = .string(meanings.joined(separator: "; "))
      if let first = usual[0], usual.allSatisfy({ $0 == first }) { schema["default"] = first }
      return JSONValue.Member(name, schema)
    }
  }

  /// The schema with every number in it replaced by `change`, but for those in lists; descriptions and
  /// defaults stay where they are.
  package static func mapNumbers(
    in schema: JSONValue, _ change: (JSONValue) -> JSONValue
  ) -> JSONValue {
    if schema["minimum"] != nil {
      var number = schema
      number["description"] = nil
      number["default"] = nil
      var changed = change(number)
      changed["description"] = schema["description"]
      changed["default"] = schema["default"]
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

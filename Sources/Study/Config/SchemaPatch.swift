import Canonical

/// The JSON Schema of what patches a document, made from that of the document: every key may be
/// absent or null, which removes it, and a list of named objects may be patched by an object that
/// holds patches under their names.
enum SchemaPatch {
  /// What the names of definitions end in that hold the patches of others.
  static let suffix = "-patch"

  /// The schema of patches of what `schema` describes; a reference becomes one to the definition of
  /// patches.
  static func of(_ schema: JSONValue) -> JSONValue {
    var patch = schema
    if let reference = schema["$ref"]?.stringValue {
      patch["$ref"] = .string(reference + suffix)
      return patch
    }
    if let alternatives = schema["anyOf"]?.elements {
      patch["anyOf"] = .array(alternatives.map(of))
      return patch
    }
    if let members = schema["properties"]?.members {
      patch["properties"] = .object(
        members.map { member in
          JSONValue.Member(
            member.name,
            member.name == "note" ? member.value : anyOf([of(member.value), nothing]))
        })
      patch["required"] = nil
    }
    guard let items = schema["items"] else { return patch }
    return named(items).map { anyOf([schema, $0]) } ?? schema
  }

  /// Patches by name of a list of `items`, if these are objects with names.
  private static func named(_ items: JSONValue) -> JSONValue? {
    let kinds = items["anyOf"]?.elements ?? [items]
    guard kinds.allSatisfy({ $0["properties"]?["name"] != nil }) else { return nil }
    var byName: JSONValue = .object([
      "type": .string("object"), "additionalProperties": .bool(false),
    ])
    var properties = [JSONValue.Member("note", .object(["type": .string("string")]))]
    for kind in kinds {
      let patch = anyOf([of(kind), nothing])
      // Some kinds have names of their own, of others any name may occur.
      if let name = kind["properties"]?["name"]?["const"]?.stringValue {
        properties.append(.init(name, patch))
      } else {
        byName["additionalProperties"] = patch
      }
    }
    byName["properties"] = .object(properties)
    return byName
  }

  private static func anyOf(_ schemas: [JSONValue]) -> JSONValue {
    .object(["anyOf": .array(schemas)])
  }

  private static let nothing = JSONValue.object(["type": .string("null")])
}

import Canonical

/// The JSON Schema of what patches a document, made from that of the document: every key may be
/// absent or null, which removes it, and a list of named objects may be patched by an object that
/// holds patches under their names.
struct SchemaPatch {
  /// What the names of definitions end in that hold the patches of others.
  static let suffix = "-patch"

  /// What the names of definitions begin with that hold numbers, whose patches may be null.
  static let number = "number-"

  private static let nothing = JSONValue.object(["type": .string("null")])

  /// The definitions that references lead to.
  let definitions: [JSONValue.Member]

  /// The schema of patches of what `schema` describes; a reference becomes one to the definition of
  /// patches.
  func of(_ schema: JSONValue) -> JSONValue {
    var patch = schema
    patch["default"] = nil
    if let name = Self.name(of: schema) {
      if name.hasSuffix(Self.suffix) { return patch }
      // A list without names is only replaced.
      let isPlainList = resolved(schema)["items"].map { byName($0) == nil } ?? false
      if !isPlainList { patch["$ref"] = Schema.reference(name + Self.suffix)["$ref"] }
      return patch
    }
    if let alternatives = schema["anyOf"]?.elements {
      let kinds = alternatives.filter { $0["properties"] != nil && $0["$ref"] == nil }
      // A patch may lead from one kind to another, and take away what the other does not have.
      let merged = kinds.count > 1 ? [of(Self.merged(kinds))] : kinds.map(of)
      let others = alternatives.filter { !kinds.contains($0) }.map(of)
      let all = others + merged
      guard all.count > 1 else { return all[0] }
      patch["anyOf"] = .array(all)
      return patch
    }
    if let members = schema["properties"]?.members {
      patch["properties"] = .object(
        members.map { member in
          JSONValue.Member(
            member.name, member.name == "note" ? member.value : orNothing(of(member.value)))
        })
      // Which keys go together is seen in what is patched.
      for key in ["required", "oneOf", "allOf"] { patch[key] = nil }
    }
    guard let items = schema["items"], let byName = byName(items) else { return patch }
    let description = schema["description"]
    var list = schema
    list["description"] = nil
    var either = JSONValue.object(["anyOf": .array([list, byName])])
    either["description"] = description
    return either
  }

  /// An object with the keys of all kinds.
  private static func merged(_ kinds: [JSONValue]) -> JSONValue {
    let members = kinds.flatMap { $0["properties"]?.members ?? [] }
    return Schema.object(
      members.map(\.name).unique.filter { $0 != "note" }.map { name in
        let values = members.filter { $0.name == name }.map(\.value)
        var either = Schema.anyOf(
          values.map { value in
            var bare = value
            (bare["description"], bare["default"]) = (nil, nil)
            return bare
          })
        either["description"] = values.lazy.compactMap { $0["description"] }.first
        return JSONValue.Member(name, either)
      })
  }

  /// What a schema accepts, or null; the description stays outside.
  func orNothing(_ schema: JSONValue) -> JSONValue {
    if let name = Self.name(of: schema), name.hasPrefix(Self.number), name.hasSuffix(Self.suffix) {
      return schema
    }
    var result = schema
    if let choices = schema["enum"]?.elements ?? schema["const"].map({ [$0] }) {
      result["const"] = nil
      result["enum"] = .array(choices + [JSONValue(.null)])
      return result
    }
    if schema["type"]?.stringValue == "string" {
      result["type"] = .array([.string("string"), .string("null")])
      return result
    }
    var bare = schema
    bare["description"] = nil
    let isPlain = bare["anyOf"] != nil && bare.members?.count == 1
    let alternatives = isPlain ? bare["anyOf"]?.elements ?? [] : [bare]
    var either = JSONValue.object([
      "anyOf": .array(alternatives.filter { $0 != Self.nothing } + [Self.nothing])
    ])
    either["description"] = schema["description"]
    return either
  }

  /// The definition that a reference leads to.
  static func name(of schema: JSONValue) -> String? {
    schema["$ref"]?.stringValue.map { String($0.dropFirst(Schema.definitions.count)) }
  }

  private func resolved(_ schema: JSONValue) -> JSONValue {
    guard let name = Self.name(of: schema),
      let definition = definitions.first(where: { $0.name == name })
    else { return schema }
    return resolved(definition.value)
  }

  /// Patches by name of a list of `items`, if these are objects with names.
  private func byName(_ items: JSONValue) -> JSONValue? {
    let kinds = resolved(items)["anyOf"]?.elements ?? [items]
    guard kinds.allSatisfy({ resolved($0)["properties"]?["name"] != nil }) else { return nil }
    var byName: JSONValue = .object([
      "type": .string("object"), "additionalProperties": .bool(false),
    ])
    // Some kinds have names of their own; of others any name may occur.
    let own = kinds.compactMap { kind in
      resolved(kind)["properties"]?["name"]?["const"]?.stringValue.map {
        JSONValue.Member($0, orNothing(of(kind)))
      }
    }
    if own.isEmpty { byName["additionalProperties"] = orNothing(of(items)) }
    let properties = [JSONValue.Member("note", Schema.string)] + own
    byName["properties"] = .object(properties)
    return byName
  }
}

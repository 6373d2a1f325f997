import Canonical

/// Where in a study a key stands of which a user has typed the last name alone: `iterations` is
/// `training.iterations`.
package struct SettingAdvice {
  private let known: [DocumentPath]

  /// The place of the key of this name in every study, the highest of several; nil for a name that is
  /// none.
  package static func key(called name: String) -> String? {
    let empty = JSONValue.object([JSONValue.Member]())
    let places = Self(empty).known.filter { $0.steps.last == name }
    return places.min { $0.steps.count < $1.steps.count }?.description
  }

  /// More places than this are not offered.
  private static let maximum = 3
  /// How deep a schema is looked into.
  private static let depth = 6

  init(_ document: JSONValue) {
    let schema = StudySchema.json
    let parts = ["training", "dataset", "evaluation"].flatMap { key in
      Self.paths(
        in: Self.property(key, of: schema, schema, depth: Self.depth), schema,
        DocumentPath(steps: [key]), depth: Self.depth)
    }
    let top = SettingPatch.rootKeys.map { DocumentPath(steps: [$0]) }
    known = top + Self.paths(in: document, .root) + parts
  }

  /// The sentence for a user; nil where nothing is similar.
  func keys(like written: DocumentPath) -> String? {
    guard let leaf = written.steps.last else { return nil }
    let names = known.compactMap(\.steps.last)
    guard let name = names.contains(leaf) ? leaf : Suggestion.nearest(to: leaf, among: names)
    else { return nil }
    var found: [String] = []
    for path in known where path.steps.last == name {
      let text = path.description
      if !found.contains(text) { found.append(text) }
    }
    let offered = found.prefix(Self.maximum).map { "\"\($0)\"" }
    return "did you mean \(offered.joined(separator: " or "))?"
  }

  /// The paths of all members of a document; elements of lists by their names.
  private static func paths(in value: JSONValue, _ path: DocumentPath) -> [DocumentPath] {
    let members = value.members ?? []
    let named = (value.elements ?? []).compactMap { element in
      element["name"]?.stringValue.map { JSONValue.Member($0, element) }
    }
    return (members + named).filter { $0.name != "note" && $0.name != "profiles" }.flatMap {
      let inner = path.appending($0.name)
      return [inner] + paths(in: $0.value, inner)
    }
  }

  /// The paths of all keys that a schema knows.
  private static func paths(
    in schema: JSONValue?, _ whole: JSONValue, _ path: DocumentPath, depth: Int
  ) -> [DocumentPath] {
    guard depth > 0, let schema else { return [] }
    let own = (schema["properties"]?.members ?? []).filter { $0.name != "note" }.flatMap {
      let inner = path.appending($0.name)
      return [inner] + paths(in: $0.value, whole, inner, depth: depth - 1)
    }
    return own
      + alternatives(schema, whole).flatMap { paths(in: $0, whole, path, depth: depth - 1) }
  }

  private static func property(
    _ key: String, of schema: JSONValue, _ whole: JSONValue, depth: Int
  ) -> JSONValue? {
    if let found = schema["properties"]?[key] { return found }
    guard depth > 0 else { return nil }
    return alternatives(schema, whole).lazy
      .compactMap { property(key, of: $0, whole, depth: depth - 1) }.first
  }

  private static func alternatives(_ schema: JSONValue, _ whole: JSONValue) -> [JSONValue] {
    let listed = ["anyOf", "oneOf", "allOf"].flatMap { schema[$0]?.elements ?? [] }
    let reference = schema["$ref"]?.stringValue.flatMap { text in
      text.hasPrefix("#/$defs/") ? whole["$defs"]?[String(text.dropFirst(8))] : nil
    }
    return listed + [schema["then"], schema["else"], reference].compactMap(\.self)
  }
}

import Canonical
import Study

/// The reference of config keys in Markdown, made of the schema that the types give.
enum ConfigReference {
  /// A table for the study and one for each object of a cell.
  static var markdown: String {
    let rows = keys
    var text = ""
    for part in parts {
      text += "## \(part.title)\n\n\(table(of: rows.filter { part.holds($0.path) }))\n"
    }
    return text
  }

  private static func table(of keys: [Key]) -> String {
    var text = "| key | takes | default | what it is |\n| --- | --- | --- | --- |\n"
    for key in keys {
      text += "| `\(key.path)` | \(key.takes) | \(key.absence) | \(key.meaning) |\n"
    }
    return text
  }

  /// A table of the keys of several kinds of objects.
  static func table(of kinds: [(name: String, keys: [ConfigKey])]) -> String {
    let rows = kinds.flatMap { kind in
      // What all of them have, an object with a note too, is said once in the text.
      keys(of: Schema.object(kind.keys), below: "", isDeep: false).map { key in
        "| `\(kind.name)` | `\(key.path)` | \(key.takes) | \(key.absence) | \(key.meaning) |\n"
      }
    }
    return "| name | key | takes | default | what it is |\n| --- | --- | --- | --- | --- |\n"
      + rows.joined()
  }

  struct Key: Equatable {
    /// Dotted, with `[]` behind lists.
    var path: String
    /// Types, ranges and choices in words.
    var takes: String
    /// What its absence means: the default, or that it must be there.
    var absence: String
    /// What it means, in a line without a full stop.
    var meaning: String
  }

  /// Every key of a config, in the order of the schema. What an arm, an override or a profile holds
  /// are the same keys again.
  static var keys: [Key] {
    let extends = Extends.key
    let first = Key(
      path: extends.name, takes: words(for: extends.schema), absence: "", meaning: extends.meaning)
    var study = StudySchema.study
    // The parts of a cell, whole.
    study["properties"] = .object(
      (study["properties"]?.members ?? []).map { member in
        guard cellKeys.contains(member.name), let name = member.value["$ref"]?.stringValue else {
          return member
        }
        var whole = member
        whole.value["$ref"] = .string(name.replacing("-patch", with: ""))
        return whole
      })
    let needed = (study["allOf"]?.elements ?? []).compactMap { $0["then"]?["required"]?.elements }
    study["required"] = .array((study["required"]?.elements ?? []) + needed.flatMap { $0 })
    return [first] + keys(of: study, below: "", isDeep: true)
  }

  private static let parts: [(title: String, holds: @Sendable (String) -> Bool)] = [
    ("The study", { path in !cellKeys.contains { path == $0 || path.hasPrefix("\($0).") } }),
    ("Data", { $0 == "trainSize" || $0 == "dataset" || $0.hasPrefix("dataset.") }),
    (
      "Network and training",
      { path in
        cellKeys.contains {
          $0 != "dataset" && $0 != "trainSize" && (path == $0 || path.hasPrefix("\($0)."))
        }
      }
    ),
  ]

  private static let cellKeys = CellSpec.keyNames

  /// Objects whose keys are listed elsewhere: as a cell's, or on a page of their own.
  private static let closed: Set = [
    "axes", "arms", "overrides[].set", "profiles", "measure", "regularizers", "dataset.augment",
    "network", "generator",
  ]

  /// - Parameter isDeep: whether the keys of objects inside are listed too.
  private static func keys(of schema: JSONValue, below path: String, isDeep: Bool) -> [Key] {
    let kinds = objects(of: schema)
    let names = kinds.flatMap { $0["properties"]?.members ?? [] }.map(\.name).filter {
      $0 != "note"
    }.unique
    return names.flatMap { name -> [Key] in
      let values = kinds.compactMap { $0["properties"]?[name] }
      let inner = path.isEmpty ? name : "\(path).\(name)"
      let own = Key(
        path: inner, takes: alternatives(values.map { words(for: $0) }),
        absence: absence(of: name, in: kinds),
        meaning: values.compactMap { $0["description"]?.stringValue }.unique
          .joined(separator: "; "))
      if !isDeep || closed.contains(inner) { return [own] }
      let bodies = values.map { StudySchema.resolved($0) }
      // The objects that stand in place of a number are explained once.
      let isSelectable = bodies.contains(where: isSelectable)
      guard !isSelectable, let first = bodies.first else { return [own] }
      if !objects(of: first).isEmpty { return [own] + keys(of: first, below: inner, isDeep: true) }
      guard let items = first["items"], !objects(of: items).isEmpty else { return [own] }
      return [own] + keys(of: items, below: "\(inner)[]", isDeep: true)
    }
  }

  /// The kinds of objects that a schema accepts.
  private static func objects(of schema: JSONValue) -> [JSONValue] {
    let body = StudySchema.resolved(schema)
    if body["properties"] != nil { return [body] }
    return (body["anyOf"]?.elements ?? []).flatMap { objects(of: $0) }
  }

  /// Whether a schema's numbers may be chosen on the validation images.
  private static func isSelectable(_ schema: JSONValue) -> Bool {
    schema["anyOf"]?.elements?.contains { $0["properties"]?["select"] != nil } == true
  }

  /// What it means that a key is absent: the default where there is one, or whether it must be there.
  private static func absence(of name: String, in kinds: [JSONValue]) -> String {
    let owners = kinds.filter { $0["properties"]?[name] != nil }
    if owners.contains(where: { $0["properties"]?[name]?["const"] != nil }) {
      let usual = owners.first { !isRequired(name, in: $0) }?["properties"]?[name]
      return (usual?["default"] ?? usual?["const"]).map { "`\($0.canonicalText)`" } ?? "required"
    }
    let usual = owners.compactMap { $0["properties"]?[name]?["default"] }
    if let first = usual.first { return "`\(first.canonicalText)`" }
    for kind in owners {
      let groups = [kind["oneOf"]] + (kind["allOf"]?.elements ?? []).map { $0["oneOf"] }
      for group in groups {
        let others = group?.elements?.compactMap { $0["required"]?.elements?.first?.stringValue }
        if let others, others.contains(name) {
          let list = others.map { "`\($0)`" }.joined(separator: ", ")
          let isNeeded = group?.elements?.contains { $0["not"] != nil } == false
          return "\(isNeeded ? "" : "at most ")one of \(list)"
        }
      }
    }
    let needing = owners.filter { isRequired(name, in: $0) }
    if needing.isEmpty { return "" }
    if owners.count == kinds.count { return needing.count == kinds.count ? "required" : "" }
    let deciding = needing.flatMap { kind in
      (kind["properties"]?.members ?? []).first { $0.value["enum"] != nil }?.value["enum"]?
        .elements ?? []
    }
    return "required with "
      + deciding.map { "`\($0.stringValue ?? "")`" }.unique.joined(separator: ", ")
  }

  private static func isRequired(_ name: String, in object: JSONValue) -> Bool {
    object["required"]?.elements?.contains { $0.stringValue == name } == true
  }

  private static func alternatives(_ texts: [String]) -> String {
    let own = texts.unique
    let mark = " (selectable)"
    let areSelectable = own.contains { $0.hasSuffix(mark) }
    let areChoices = own.allSatisfy { $0.hasPrefix("`\"") }
    return own.map { $0.hasSuffix(mark) ? String($0.dropLast(mark.count)) : $0 }
      .joined(separator: areChoices ? ", " : " or ") + (areSelectable ? mark : "")
  }

  /// What a schema accepts.
  static func words(for schema: JSONValue) -> String {
    if schema["$ref"] != nil { return words(for: StudySchema.resolved(schema)) }
    if let choices = schema["enum"]?.elements {
      return choices.map { "`\($0.canonicalText)`" }.joined(separator: ", ")
    }
    if let constant = schema["const"] { return "`\(constant.canonicalText)`" }
    if let options = schema["anyOf"]?.elements {
      // A number that may be chosen on the validation images has two objects beside it.
      let isSelectable = isSelectable(schema)
      let others = isSelectable ? Array(options.prefix(1)) : options
      return alternatives(others.map { words(for: $0) }) + (isSelectable ? " (selectable)" : "")
    }
    if let types = schema["type"]?.elements?.compactMap(\.stringValue), types.contains("number") {
      return "number\(range(schema)) or expression"
    }
    switch schema["type"]?.stringValue {
    case "integer": return "whole number\(range(schema))"
    case "number": return "number\(range(schema))"
    case "string": return "text"
    case "boolean": return "`true` or `false`"
    case "array":
      let items = schema["items"].map { words(for: $0) } ?? "values"
      return items == "object" ? "list of objects" : "list of \(items)"
    case "object": return "object"
    default: return "any"
    }
  }

  private static func range(_ schema: JSONValue) -> String {
    guard let low = schema["minimum"]?.doubleValue, let high = schema["maximum"]?.doubleValue else {
      return ""
    }
    return " from \(low.shortestText) to \(high.shortestText)"
  }
}

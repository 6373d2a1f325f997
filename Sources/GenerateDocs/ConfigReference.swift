import Canonical
import Study

/// The reference of config keys in Markdown, made of the schema that the types give.
enum ConfigReference {
  /// A table for the study and one for each object of a cell.
  static var markdown: String {
    let rows = keys
    var text = ""
    for part in parts {
      let own = rows.filter { part.holds($0.path) }
      text += "## \(part.title)\n\n| key | takes | what it is |\n| --- | --- | --- |\n"
      text += own.map { row in
        "| `\(row.path)` | \(row.takes) | \(row.meaning) |\n"
      }.joined()
      text += "\n"
    }
    return text
  }

  /// A table of the keys of several kinds of objects.
  static func table(of kinds: [(name: String, keys: [ConfigKey])]) -> String {
    let rows = kinds.flatMap { kind in
      kind.keys.map { key in
        "| `\(kind.name)` | `\(key.name)` | \(words(for: key.schema)) | \(key.meaning) |\n"
      }
    }
    return "| name | key | takes | what it is |\n| --- | --- | --- | --- |\n" + rows.joined()
  }

  struct Key: Equatable {
    /// Dotted, with `[]` behind lists.
    var path: String
    /// Types, ranges and choices in words.
    var takes: String
    /// What it means, in a line without a full stop.
    var meaning: String
  }

  /// Every key of a config, in the order of the schema. What an arm, an override or a profile holds
  /// are the same keys again.
  static var keys: [Key] {
    // A study that extends another may hold patches besides; the keys are the same.
    let whole = StudySchema.json["anyOf"]?.elements?.first ?? StudySchema.json
    let extends = Extends.key
    return [Key(path: extends.name, takes: words(for: extends.schema), meaning: extends.meaning)]
      + keys(of: whole, below: "")
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

  private static let cellKeys = CellSpec.keys

  /// Objects whose keys are listed elsewhere: as a cell's, or on a page of their own.
  private static let closed: Set = [
    "axes", "arms", "overrides[].set", "profiles", "measure", "regularizers", "dataset.augment",
  ]

  private static func keys(of schema: JSONValue, below path: String) -> [Key] {
    let members = (schema["properties"]?.members ?? []).filter { $0.name != "note" }
    return members.flatMap { member -> [Key] in
      let inner = path.isEmpty ? member.name : "\(path).\(member.name)"
      let own = Key(
        path: inner, takes: words(for: member.value),
        meaning: member.value["description"]?.stringValue ?? "")
      if closed.contains(inner) { return [own] }
      let object = member.value["properties"] == nil ? nil : member.value
      if let object { return [own] + keys(of: object, below: inner) }
      guard let items = member.value["items"], items["properties"] != nil else { return [own] }
      return [own] + keys(of: items, below: "\(inner)[]")
    }
  }

  /// What a schema accepts.
  static func words(for schema: JSONValue) -> String {
    if let reference = schema["$ref"]?.stringValue {
      let name = String(reference.dropFirst("#/$defs/".count))
      return StudySchema.json["$defs"]?[name].map { words(for: $0) } ?? "any"
    }
    if let choices = schema["enum"]?.elements {
      return choices.map { "`\($0.canonicalText)`" }.joined(separator: ", ")
    }
    if let constant = schema["const"] { return "`\(constant.canonicalText)`" }
    if let options = schema["anyOf"]?.elements {
      // A number that may be chosen on the validation images has two objects beside it.
      let isSelectable = options.contains { $0["$ref"] != nil }
      let others = options.filter {
        $0["$ref"] == nil && !(isSelectable && $0["properties"]?["select"] != nil)
      }
      let texts = others.map(words).unique
      return texts.joined(separator: " or ") + (isSelectable ? " (selectable)" : "")
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
      let items = schema["items"].map(words) ?? "values"
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

import Canonical
import Model

/// The JSON Schema of a config, for editors: made of the lists of fields with which configs are read, so
/// that keys, types, ranges, choices, defaults and what must be there are those of the parser, in
/// patches too. What a schema cannot say (shapes, references between arms, patches that meet nothing)
/// is `check`'s.
package enum StudySchema {
  /// What the file is called that `new` writes beside a study.
  package static let fileName = "regbench.schema.json"

  /// The document.
  package static let json: JSONValue = {
    var definitions = Definitions()
    let cell = definitions.addCell()
    definitions.addStudy(cell)
    let extends = Extends.key.name
    return .object([
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      .init("title", .string("A study for regbench")),
      .init("if", .object(["required": .array([.string(extends)])])),
      .init("then", Schema.reference(Definitions.extending)),
      .init("else", Schema.reference(Definitions.study)),
      .init("$defs", .object(definitions.all)),
    ])
  }()

  /// The document as a file: a line for each definition.
  package static var text: String {
    func lines(_ members: [JSONValue.Member], _ indent: String) -> String {
      members.map { "\(indent)\(JSONValue.string($0.name).lineText): \($0.value.lineText)" }
        .joined(separator: ",\n")
    }
    let definitions = json["$defs"]?.members ?? []
    var head = json
    head["$defs"] = nil
    return "{\n\(lines(head.members ?? [], "  ")),\n  \"$defs\": {\n"
      + "\(lines(definitions, "    "))\n  }\n}\n"
  }

  /// The schema of a study that extends no other.
  package static var study: JSONValue { definition(Definitions.study) }

  /// One of the document's definitions.
  package static func definition(_ name: String) -> JSONValue {
    json["$defs"]?[name] ?? Schema.anything
  }

  /// The schema that a reference leads to, with what is said beside it; any other as it is.
  package static func resolved(_ schema: JSONValue) -> JSONValue {
    guard let name = SchemaPatch.name(of: schema) else { return schema }
    return resolved(definition(name))
  }
}

/// The parts of the schema that stand in several places, by name.
private struct Definitions {
  static let study = "study"
  static let extending = "extending-study"
  private static let profile = "profile"
  private static let network = "network"
  private static let regularizer = "regularizer"
  private static let selection = "selection"
  private static let relative = "selection-relative"

  private(set) var all: [JSONValue.Member] = []

  private mutating func add(_ name: String, _ schema: JSONValue) {
    all.append(.init(name, schema))
  }

  /// Adds a definition and that of its patches.
  private mutating func addPatched(_ name: String, _ schema: JSONValue) {
    add(name, schema)
    addPatch(name, of: schema)
  }

  private mutating func addPatch(_ name: String, of schema: JSONValue) {
    add(name + SchemaPatch.suffix, SchemaPatch(definitions: all).of(schema))
  }

  // MARK: - What a cell holds

  /// Adds what the keys of a cell hold.
  /// - Returns: the keys.
  mutating func addCell() -> [ConfigKey] {
    addSelections()
    addPatched(LayerSpec.definition, selectable(in: LayerSpec.schema))
    addPatched(Self.network, selectable(in: NetworkChoice.schema))
    for type in RegularizerRegistry.all {
      addPatched(type.definition, selectable(in: type.schema))
    }
    let kinds = RegularizerRegistry.all.map { Schema.reference($0.definition) }
    addPatched("regularizers", Schema.list(of: Schema.anyOf(kinds)))
    addPatched("dataset", selectable(in: DatasetSpec.schema))
    addPatched("theory", selectable(in: TheorySpec.schema))
    addPatched("training", selectable(in: TrainingSpec.schema))
    addPatched("evaluation", selectable(in: EvaluationSpec.schema))
    addPatched("measure", Self.measurements)
    return CellSpec.keys
  }

  /// Names, or one schema for each kind.
  private static var measurements: JSONValue {
    Schema.list(
      of: Schema.anyOf(
        [Schema.choice(MeasurementRegistry.all.map { $0.name })]
          + MeasurementRegistry.all.map { $0.schema }))
  }

  // MARK: - Numbers

  /// What stands in place of a number that is chosen: relative to another arm's, offsets, whose
  /// range no schema can say.
  private mutating func addSelections() {
    addPatched(SelectionRange.definition, SelectionRange.schema)
    let keys = WrittenSelection.keys
    add(Self.selection, Schema.object(keys.filter { $0.name != "relativeTo" }))
    add(
      Self.relative,
      Schema.object(
        keys.filter { WrittenSelection.telling.contains($0.name) }.map { key in
          key.name == "select"
            ? key.changed(meaning: "what is added to the number that the other arm chose")
            : key.changed(.required)
        }))
    addPatch(Self.selection, of: Schema.object(keys))
  }

  /// Every number of a cell may be chosen on the validation images.
  private mutating func selectable(in schema: JSONValue) -> JSONValue {
    var used: [JSONValue.Member] = []
    let result = Schema.mapNumbers(in: schema) { number in
      let isWhole = number["type"]?.stringValue == "integer"
      let ends = ["minimum", "maximum"].compactMap { number[$0]?.canonicalText }
      let name = SchemaPatch.number + (isWhole ? "whole-" : "") + ends.joined(separator: "-to-")
      used.append(.init(name, number))
      return Schema.reference(name)
    }
    for member in used where !all.contains(where: { $0.name == member.name }) {
      add(member.name, Self.selectableNumber(member.value))
      add(
        member.name + SchemaPatch.suffix,
        SchemaPatch(definitions: []).orNothing(
          Schema.anyOf([
            Schema.reference(member.name),
            Schema.reference(Self.selection + SchemaPatch.suffix),
          ])))
    }
    return result
  }

  private static func selectableNumber(_ number: JSONValue) -> JSONValue {
    var limits = number
    // Candidates may be expressions too.
    if number["type"]?.elements != nil { limits["type"] = nil }
    let ends = JSONValue.object([.init("from", limits), .init("to", limits)])
    let candidates = JSONValue.object(["items": limits, "properties": ends])
    var selection = Schema.reference(selection)
    selection["properties"] = .object([.init("select", candidates)])
    return Schema.anyOf([number, selection, Schema.reference(relative)])
  }

  // MARK: - What a study holds

  mutating func addStudy(_ cell: [ConfigKey]) {
    addArm(cell)
    let patch = SchemaPatch(definitions: all)
    add(CellSpec.patchDefinition, patch.of(Schema.object(cell)))
    // What an axis, an arm or an override adds need not stand here.
    let parts = cell.filter { $0.name != "regularizers" }.map { key in
      key.changed(.optional, schema: patch.of(key.bareSchema))
    }
    let whole = [Extends.schemaKey] + StudyHeader.keys.map(Self.limited) + parts
    let inProfiles = whole.filter { $0.name != Extends.schemaKey.name }
    add(Self.profile, patch.of(Schema.object(inProfiles)))
    let profile = Schema.reference(Self.profile)
    var study = Schema.object(whole + [Self.profiles(of: profile)])
    study["allOf"] = .array(cell.flatMap { Self.completeness(of: $0) })
    add(Self.study, study)
    // With a base of its own, a study may patch that by name and remove from it.
    var extending = patch.of(
      Schema.object([Extends.key] + whole + [Self.profiles(of: patch.orNothing(profile))]))
    extending["required"] = .array([.string(Extends.key.name)])
    for key in [Extends.key, Extends.schemaKey] {
      extending["properties"]?[key.name] = key.schema
    }
    add(Self.extending, extending)
  }

  /// Profiles, each of which `change` describes.
  private static func profiles(of change: JSONValue) -> ConfigKey {
    ConfigKey(
      "profiles", .optional, "changes to the whole study by name: `desk`, `smoke`",
      schema: .object([
        .init("type", .string("object")),
        .init("properties", .object([.init("note", Schema.string)])),
        .init(
          "propertyNames",
          .object(["pattern": .string("^[^./\\\\\\s][^/\\\\]{0,199}$"), "maxLength": .number(200)])),
        .init("additionalProperties", change),
      ]))
  }

  /// The name of a study becomes a folder's.
  private static func limited(_ key: ConfigKey) -> ConfigKey {
    guard key.name == "study" else { return key }
    return key.changed(
      schema: .object([
        "type": .string("string"), "pattern": .string("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$"),
      ]))
  }

  /// An arm: a patch of the study's cell, with regularizers of its own, to which an axis or an override
  /// may add.
  private mutating func addArm(_ cell: [ConfigKey]) {
    let patch = SchemaPatch(definitions: all)
    let parts = cell.filter { $0.name != "regularizers" }
    let regularizers = RegularizerRegistry.all.map { type in
      var part = Schema.reference(type.definition + SchemaPatch.suffix)
      part["required"] = .array([.string("name")])
      return part
    }
    let own = cell.filter { $0.name == "regularizers" }.map {
      $0.changed(schema: Schema.list(of: Schema.anyOf(regularizers)))
    }
    var arm = Schema.object(Arm.keys + own)
    let changes = patch.of(Schema.object(parts))["properties"]?.members ?? []
    arm["properties"] = .object(
      (arm["properties"]?.members ?? []) + changes.filter { $0.name != "note" })
    add(Arm.definition, arm)
    var change = patch.of(arm)
    change["properties"]?["regularizers"] = patch.orNothing(
      Schema.reference("regularizers" + SchemaPatch.suffix))
    add(Arm.definition + SchemaPatch.suffix, change)
  }

  /// Where neither an axis nor an override can add to a key of a cell, and no arm changes it, it must
  /// be whole.
  private static func completeness(of key: ConfigKey) -> [JSONValue] {
    guard SchemaPatch.name(of: key.bareSchema) != nil else { return [] }
    let isOfArms = key.name == "regularizers"
    let axis = JSONValue.object([
      .init("patternProperties", .object([.init("^\(key.name)(\\..+)?$", .bool(false))]))
    ])
    var untouched: [JSONValue.Member] = [.init("axes", axis)]
    func inArms(_ schema: JSONValue) -> JSONValue.Member {
      .init(
        "arms", .object(["items": .object(["properties": .object([.init(key.name, schema)])])]))
    }
    if !isOfArms { untouched.append(inArms(.bool(false))) }
    var condition = JSONValue.object([
      "not": .object(["required": .array([.string("overrides")])])
    ])
    var then: JSONValue
    if isOfArms {
      then = .object(["properties": .object([inArms(key.bareSchema)])])
    } else {
      then = .object(["properties": .object([.init(key.name, key.bareSchema)])])
      let owners = LearningTask.allCases.filter { $0.has(key.name) }
      if key.presence == .required {
        then["required"] = .array([.string(key.name)])
        untouched.append(.init("task", Schema.choice(owners.map(\.rawValue))))
      }
    }
    condition["properties"] = .object(untouched)
    return [.object(["if": condition, "then": then])]
  }
}

extension ConfigKey {
  /// The schema of its value, without the meaning.
  fileprivate var bareSchema: JSONValue {
    var bare = schema
    bare["description"] = nil
    bare["default"] = nil
    return bare
  }
}

import Canonical
import Model

/// The JSON Schema of a config, for editors: made of the lists of fields with which configs are read, so
/// that keys, types, ranges and choices are those of the parser, in patches too. What a schema cannot say (shapes, references between arms, patches that meet nothing) is `check`'s.
package enum StudySchema {
  /// The document.
  package static var json: JSONValue {
    let cell = Schema.members(of: cellKeys)
    var properties: [JSONValue.Member] = [.init("note", Schema.string)]
    properties += Schema.members(of: [Extends.key])
    properties += Schema.members(
      of: StudyHeader.keys + [
        ConfigKey(
          "figures", "what is drawn from the records",
          schema: Schema.list(of: Schema.choice(FigureKind.all.map(\.name)))),
        ConfigKey(
          "exclude", "combinations of axes and arms that are not run",
          schema: Schema.list(of: Schema.anyObject)),
      ])
    properties += cell.filter { $0.name != "regularizers" }
    properties += Schema.members(of: [
      ConfigKey(
        "axes", "keys of a cell, or dotted paths into it, with the values that they take in turn",
        schema: axes),
      ConfigKey(
        "arms", "the methods: a name each, regularizers, and changes to the cell",
        schema: Schema.list(of: arm(cell))),
      ConfigKey(
        "overrides", "changes to cells that fit a condition",
        schema: Schema.list(
          of: Schema.object([
            ConfigKey(
              "when", "axes and arm with the values that they must have",
              schema: Schema.anyObject),
            ConfigKey("set", "keys of a cell", schema: SchemaPatch.of(Schema.object(cell))),
          ]))),
      ConfigKey(
        "reproduces", "the published tables that the study recomputes",
        schema: Schema.list(of: Schema.object(Reproduction.keys))),
    ])
    let own = Schema.object(properties.filter { !["note", Extends.key.name].contains($0.name) })
    properties += Schema.members(of: [
      ConfigKey(
        "profiles", "changes to the whole study by name: `desk`, `smoke`",
        schema: .object([
          .init("type", .string("object")),
          .init("properties", .object([.init("note", Schema.string)])),
          .init("additionalProperties", SchemaPatch.of(own)),
        ]))
    ])
    // With a base of its own, a study may patch that by name and remove from it.
    let named = properties.filter { $0.name != "note" }
    var extending = SchemaPatch.of(Schema.object(named))
    extending["required"] = .array([.string(Extends.key.name)])
    var document = Schema.anyOf([
      Schema.object(named.filter { $0.name != Extends.key.name }), extending,
    ])
    document["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
    document["title"] = .string("A study for regbench")
    document["$defs"] = .object([
      .init("select", select), .init("select" + SchemaPatch.suffix, SchemaPatch.of(select)),
      .init("network", network), .init("network" + SchemaPatch.suffix, SchemaPatch.of(network)),
    ])
    return document
  }

  // MARK: - What a cell holds

  /// The keys of a cell.
  private static var cellKeys: [ConfigKey] {
    [
      ConfigKey("dataset", "the data", schema: selectable(in: DatasetSpec.schema)),
      ConfigKey(
        "trainSize",
        "training images in use, nested subsets; all but validation unless said otherwise",
        schema: Schema.integer(TrainingSetup.trainSizes)),
      ConfigKey(
        "network",
        "a family's name, or an object with the name and its numbers (`regbench networks`)",
        schema: reference("network")),
      ConfigKey(
        "generator", "the network that makes images, where two play against each other",
        schema: reference("network")),
      ConfigKey(
        "theory", "what is computed where nothing is trained",
        schema: selectable(in: TheorySpec.schema)),
      ConfigKey("training", "the recipe", schema: selectable(in: TrainingSpec.schema)),
      ConfigKey(
        "evaluation", "when networks are evaluated beside the end",
        schema: selectable(in: EvaluationSpec.schema)),
      ConfigKey(
        "regularizers", "what is to be compared, in written order",
        schema: Schema.list(
          of: selectable(in: Schema.anyOf(RegularizerRegistry.all.map { $0.schema })))),
      ConfigKey(
        "streamSalt", "a number that gives otherwise equal cells other random numbers",
        schema: Schema.integer(CellSpec.streamSalts)),
      ConfigKey("measure", "what is measured of final runs", schema: measurements),
    ]
  }

  /// Defined once, because networks are long and stand in many places.
  private static let network = selectable(in: NetworkChoice.schema)

  /// A schema of `$defs`.
  private static func reference(_ name: String) -> JSONValue {
    .object(["$ref": .string("#/$defs/\(name)")])
  }

  /// An arm: a patch of the study's cell, with regularizers of its own.
  private static func arm(_ cell: [JSONValue.Member]) -> JSONValue {
    let others = Schema.object(cell.filter { $0.name != "regularizers" })
    let regularizers = cell.filter { $0.name == "regularizers" }
    var arm = SchemaPatch.of(others)
    var properties = arm["properties"]?.members ?? []
    properties += [.init("name", Schema.string)] + regularizers
    arm["properties"] = .object(properties)
    arm["required"] = .array([.string("name")])
    return arm
  }

  /// Names, or one schema for each kind.
  private static var measurements: JSONValue {
    Schema.list(
      of: Schema.anyOf(
        [Schema.choice(MeasurementRegistry.all.map { $0.name })]
          + MeasurementRegistry.all.map { $0.schema }))
  }

  /// Axes are keys of cells, or dotted paths into them, with lists of values.
  private static var axes: JSONValue {
    let keys = CellSpec.keys.joined(separator: "|")
    return .object([
      .init("type", .string("object")),
      .init("properties", .object([.init("note", Schema.string)])),
      .init(
        "patternProperties",
        .object([
          .init(
            "^(\(keys))(\\..+)?$", .object(["type": .string("array"), "minItems": .number(1)]))
        ])),
      .init("additionalProperties", .bool(false)),
    ])
  }

  /// What stands in place of a number that is chosen relative to another arm's: offsets, whose
  /// range no schema can say.
  private static var select: JSONValue {
    let offset = JSONValue.object(["type": .array([.string("number"), .string("string")])])
    let place = Schema.object([.init("value", Schema.string), .init("at", Schema.anyObject)])
    var select = Schema.object([
      .init("select", candidates(offset)),
      .init("relativeTo", Schema.anyOf([Schema.string, place])),
    ])
    select["required"] = .array([.string("relativeTo")])
    return select
  }

  /// A list of numbers, or a range of them.
  private static func candidates(_ number: JSONValue) -> JSONValue {
    var range = SelectionRange.schema
    for end in ["from", "to"] { range["properties"]?[end] = number }
    return Schema.anyOf([Schema.list(of: number), range])
  }

  /// Every number of a cell may be chosen on the validation images.
  private static func selectable(in schema: JSONValue) -> JSONValue {
    Schema.mapNumbers(in: schema, selectableNumber)
  }

  private static func selectableNumber(_ number: JSONValue) -> JSONValue {
    Schema.anyOf([
      number,
      Schema.object([
        .init("select", candidates(number)), .init("by", Schema.choice(SelectionRule.measures)),
        .init("notWorseThan", Schema.string),
      ]),
      reference("select"),
    ])
  }
}

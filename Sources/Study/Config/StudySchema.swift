import Canonical
import Model

/// The JSON Schema of a config, for editors: made by reading every type with a recorder, so keys,
/// types, ranges and choices are those of the parser, in patches and in networks too. What a schema
/// cannot say (shapes, references between arms, patches that meet nothing) is `check`'s.
package enum StudySchema {
  /// The document.
  package static var json: JSONValue {
    let cell = cell
    var properties: [JSONValue.Member] = [
      .init("note", string), .init("extends", string), .init("study", string),
      .init("title", string),
      .init("task", choice(StudySpec.Task.allCases.map(\.rawValue))),
      .init("seed", integer(0...Int(UInt32.max))), .init("trials", integer(1...10_000)),
      .init("reduced", string),
      .init("figures", list(choice(FigureName.allCases.map(\.rawValue)))),
      .init("keepWeights", choice(KeepWeights.allCases.map(\.rawValue))),
      .init("selectOn", choice(SelectionCriterion.allCases.map(\.rawValue))),
      .init("oracle", .object(["type": .string("boolean")])),
      .init("exclude", list(.object(anyObject))),
    ]
    properties += cell.filter { $0.name != "regularizers" }
    properties += [
      .init("axes", axes),
      .init("arms", list(arm(cell))),
      .init(
        "overrides",
        list(
          object([
            .init("when", .object(anyObject)), .init("set", SchemaPatch.of(object(cell))),
          ]))),
      .init("reproduces", list(reproduction)),
    ]
    let own = object(properties.filter { !["note", "extends"].contains($0.name) })
    properties.append(
      .init(
        "profiles",
        .object([
          .init("type", .string("object")),
          .init("properties", .object([.init("note", string)])),
          .init("additionalProperties", SchemaPatch.of(own)),
        ])))
    // With a base of its own, a study may patch that by name and remove from it.
    let whole = object(properties.filter { $0.name != "note" && $0.name != "extends" })
    var extending = SchemaPatch.of(object(properties.filter { $0.name != "note" }))
    extending["required"] = .array([.string("extends")])
    var document = anyOf([whole, extending])
    document["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
    document["title"] = .string("A study for regbench")
    document["$defs"] = .object([
      .init("select", select), .init("select" + SchemaPatch.suffix, SchemaPatch.of(select)),
    ])
    return document
  }

  // MARK: - What a cell holds

  /// The keys of a cell with their schemas.
  private static var cell: [JSONValue.Member] {
    let training = recorded(probes: trainingProbes) { _ = TrainingSpec(reading: $0) }
    let dataset = recorded(probes: [
      [.init("name", .string(SyntheticSpec.datasetName))], [.init("name", .string("mnist"))],
      [.init("name", .string(CurveSpec.datasetName))],
    ]) { _ = DatasetSpec(reading: $0) }
    let evaluation = recorded(probes: [[]]) { _ = EvaluationSpec(reading: $0) }
    let theory = recorded(
      probes: TheorySpec.Name.allCases.map { [.init("name", .string($0.rawValue))] }
    ) { _ = TheorySpec(reading: $0) }
    return [
      .init("dataset", dataset.schema(number: selectable, known: ["augment": transforms])),
      .init("trainSize", integer(1...1_000_000_000)), .init("network", network),
      .init("generator", network), .init("theory", theory.schema(number: selectable)),
      .init("training", training.schema(number: selectable)),
      .init("evaluation", evaluation.schema(number: selectable)),
      .init("regularizers", list(anyOf(regularizers))),
      .init("streamSalt", integer(0...1_000_000)), .init("measure", measurements),
    ]
  }

  private static var trainingProbes: [[JSONValue.Member]] {
    let schedules = LearningRateSchedule.names.map { name in
      [
        JSONValue.Member(
          "learningRate", .object([.init("schedule", .string(name))]))
      ]
    }
    let optimizers = ["sgd", "adam"].map { name in
      [JSONValue.Member("optimizer", .object([.init("name", .string(name))]))]
    }
    return schedules + optimizers
  }

  /// An arm: a patch of the study's cell, with regularizers of its own.
  private static func arm(_ cell: [JSONValue.Member]) -> JSONValue {
    let others = object(cell.filter { $0.name != "regularizers" })
    let regularizers = cell.filter { $0.name == "regularizers" }
    var arm = SchemaPatch.of(others)
    var properties = arm["properties"]?.members ?? []
    properties += [.init("name", string)] + regularizers
    arm["properties"] = .object(properties)
    arm["required"] = .array([.string("name")])
    return arm
  }

  /// A network's name alone, or the object of a family with its keys, or layers one by one.
  private static var network: JSONValue {
    var alternatives: [JSONValue] = [
      .object([
        "type": .string("string"), "pattern": .string(NetworkChoice.pattern),
        "examples": .array(NetworkChoice.names.map { .string($0) }),
      ])
    ]
    for type in NetworkChoice.families {
      let probe = [JSONValue.Member("name", .string(type.family))]
      let recorder = recorded(probes: [probe]) { _ = NetworkChoice(reading: $0) }
      let pattern = NetworkChoice.pattern(of: type)
      var schema = recorder.schema(
        number: selectable,
        known: ["name": .object(["type": .string("string"), "pattern": .string(pattern)])])
      schema["required"] = .array([.string("name")])
      alternatives.append(schema)
    }
    let layers = JSONValue.Member("layers", .array([]))
    var custom = recorded(probes: [[layers]]) { _ = NetworkChoice(reading: $0) }
      .schema(known: ["layers": list(.object(anyObject))])
    custom["required"] = .array([.string("layers")])
    return anyOf(alternatives + [custom])
  }

  /// One schema for each kind.
  private static var regularizers: [JSONValue] { schemas(of: RegularizerRegistry.all) }

  /// What is done to the images of all arms.
  private static var transforms: JSONValue {
    list(anyOf(schemas(of: RegularizerRegistry.all.filter { $0.attachment == .dataTransform })))
  }

  private static func schemas(of types: [any Regularizer.Type]) -> [JSONValue] {
    types.map { type in
      let name = JSONValue.Member("name", .string(type.name))
      // Which keys a schedule of a penalty has depends on what is written.
      let schedules: [JSONValue.Member] = [
        .init("gamma", .number(5)), .init("schedule", .string("warmUp")),
        .init("schedule", .string("ivanov")),
      ]
      let probes = [[name]] + (type.attachment == .penalty ? schedules.map { [name, $0] } : [])
      let recorder = recorded(probes: probes) { reader in
        _ = reader.string("name")
        _ = type.init(reading: reader)
      }
      return recorder.schema(
        number: selectable, known: ["name": .object(["const": .string(type.name)])])
    }
  }

  /// Names, or one schema for each kind.
  private static var measurements: JSONValue {
    let objects = MeasurementRegistry.all.map { type -> JSONValue in
      let recorder = recorded(probes: [[.init("name", .string(type.name))]]) { reader in
        _ = reader.string("name")
        _ = type.init(reading: reader)
      }
      return recorder.schema(known: [
        "name": .object(["const": .string(type.name)]), "parameter": names, "layer": names,
      ])
    }
    return list(anyOf([choice(MeasurementRegistry.all.map { $0.name })] + objects))
  }

  /// One name or several.
  private static let names = anyOf([string, list(string)])

  private static var reproduction: JSONValue {
    let pool = [JSONValue.Member("pool", .object([JSONValue.Member]()))]
    return recorded(probes: [[], pool]) { _ = Reproduction(reading: $0, axes: [], arms: []) }
      .schema(
        known: ["paper": choice(Reproduction.papers), "when": .object(anyObject)])
  }

  /// Axes are keys of cells, or dotted paths into them, with lists of values.
  private static var axes: JSONValue {
    let keys = CellSpec.keys.joined(separator: "|")
    return .object([
      .init("type", .string("object")),
      .init("properties", .object([.init("note", string)])),
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
    let place = object([.init("value", string), .init("at", .object(anyObject))])
    var select = object(
      [.init("select", candidates(offset)), .init("relativeTo", anyOf([string, place]))])
    select["required"] = .array([.string("relativeTo")])
    return select
  }

  /// A list of numbers, or a range of them.
  private static func candidates(_ number: JSONValue) -> JSONValue {
    var range = SelectionRange.schema
    for end in ["from", "to"] { range["properties"]?[end] = number }
    return anyOf([list(number), range])
  }

  // MARK: - Recording

  /// What a type asks for, in all of the probes; keys that it only looked for are then given a
  /// number, so that it reads them, whatever it finds.
  private static func recorded(
    probes: [[JSONValue.Member]], _ read: (ObjectReader) -> Void
  ) -> SchemaRecorder {
    let recorder = SchemaRecorder()
    func run(_ members: [JSONValue.Member]) {
      read(
        ObjectReader(
          .object(members), DiagnosticCollector(), variables: ["n": 1000], recorder: recorder))
    }
    for probe in probes {
      run(probe)
      for key in recorder.unread where !probe.contains(where: { $0.name == key }) {
        run(probe + [.init(key, .number(0.5))])
      }
    }
    return recorder
  }

  // MARK: - Schemas

  private static let string = JSONValue.object(["type": .string("string")])
  private static let anyObject: [JSONValue.Member] = [.init("type", .string("object"))]

  private static func integer(_ range: ClosedRange<Int>) -> JSONValue {
    .object([
      "type": .string("integer"), "minimum": .number(range.lowerBound),
      "maximum": .number(range.upperBound),
    ])
  }

  private static func choice(_ names: [String]) -> JSONValue {
    .object(["enum": .array(names.map { .string($0) })])
  }

  private static func list(_ items: JSONValue) -> JSONValue {
    .object(["type": .string("array"), "items": items])
  }

  private static func anyOf(_ schemas: [JSONValue]) -> JSONValue {
    .object(["anyOf": .array(schemas)])
  }

  private static func object(_ members: [JSONValue.Member]) -> JSONValue {
    .object([
      "type": .string("object"),
      "properties": .object([.init("note", string)] + members),
      "additionalProperties": .bool(false),
    ])
  }

  /// A number of a cell may be chosen on the validation images.
  private static func selectable(_ number: JSONValue) -> JSONValue {
    anyOf([
      number,
      object([
        .init("select", candidates(number)), .init("by", choice(SelectionRule.measures)),
        .init("notWorseThan", string),
      ]),
      .object(["$ref": .string("#/$defs/select")]),
    ])
  }
}

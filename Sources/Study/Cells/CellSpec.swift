import Canonical
import Model

/// Everything that decides a run's numbers: the task with its data, network and recipe, regularizers
/// and the root of randomness. It travels to workers as JSON.
package struct CellSpec: Configurable {
  /// The study's seed.
  package private(set) var seed: UInt32 = 0
  /// 0 for selection, 1…n for final runs.
  package private(set) var trial: UInt32 = 0
  package private(set) var work = Work.classification(.blank)
  /// The regularizers in written order.
  package private(set) var regularizers: [any Regularizer] = []
  /// 0, or a number that gives the cell streams of its own: two arms that differ in nothing else
  /// show what differences chance makes.
  private var streamSalt = 0

  package static let blank = CellSpec()
  /// What cells of all tasks have.
  package static let fields: [Field<CellSpec>] = [
    .value(
      ConfigKey(
        "regularizers", .optional, "what is to be compared, in written order",
        schema: Schema.reference("regularizers")), \.regularizers
    ) { reader, _ in
      reader.objects("regularizers") { RegularizerRegistry.read($0) }.compactMap { $0 }
    } write: {
      .array($0.map { $0.json })
    },
    .whole(
      "streamSalt", \.streamSalt, in: 0...1_000_000, .optional,
      "a number that gives otherwise equal cells other random numbers, 0 unless said otherwise"
      // Left out, so that runs of before the key was there keep their ids.
    ).omitted { $0.streamSalt == 0 },
  ]

  /// The keys of a config that describe cells; the others describe the study. What no classification
  /// has belongs to another task, and may be absent.
  package static var keys: [ConfigKey] {
    let usual = LearningTask.classification.type.keys
    let others = LearningTask.allCases.flatMap { $0.type.keys }.filter { key in
      !usual.contains { $0.name == key.name }
    }
    return usual + others.map(\.thatMayBeAbsent) + fields.flatMap(\.keys)
  }

  package static let keyNames = keys.map(\.name)

  private init() {}

  package var task: LearningTask { work.task }

  /// Data, network and recipe; nil where nothing is trained.
  package var setup: TrainingSetup? { work.spec.setup }

  /// What tables show of the cell's runs.
  package var tableMetrics: [Metric] { work.spec.tableMetrics }

  /// The root of initial weights, batches and noise; the split of the data keeps to `seed`.
  package var streamSeed: UInt32 {
    // Salt 0 must leave the seed alone; an odd factor keeps different salts apart.
    seed &+ UInt32(streamSalt) &* 0x9E37_79B1
  }

  /// Reads a cell of a config. The expressions of its regularizers and schedules may use `n`, the
  /// number of training images.
  init(
    document: JSONValue, seed: UInt32, trial: UInt32, _ diagnostics: DiagnosticCollector
  ) {
    let variables = Self.trainingImages(of: document).map { ["n": Double($0)] } ?? [:]
    let reader = ObjectReader(document, diagnostics, variables: variables)
    self.init(reader, seed: seed, trial: trial)
  }

  /// Reads the canonical form, as `json` writes it.
  package init(reading reader: ObjectReader) {
    let limit = Int(UInt32.max)
    self.init(
      reader, seed: UInt32(reader.int("seed", in: 0...limit)),
      trial: UInt32(reader.int("trial", in: 0...limit)))
  }

  private init(_ reader: ObjectReader, seed: UInt32, trial: UInt32) {
    self.seed = seed
    self.trial = trial
    let task: LearningTask = reader.choice("task", default: .classification)
    _ = read(reader)
    Self.refuseKeys(ofOtherTasks: task, reader)
    work = task.read(reader)
  }

  /// Keys that would change nothing are mistakes.
  private static func refuseKeys(ofOtherTasks task: LearningTask, _ reader: ObjectReader) {
    for key in keyNames where !task.has(key) && reader.has(key) {
      let owners = LearningTask.allCases.filter { $0.has(key) }
      switch owners.count {
      // Cells of all tasks have it.
      case 0: continue
      case 1:
        reader.report(
          "\"\(key)\" is for \"task\": \"\(owners[0].rawValue)\", and this study's is "
            + "\"\(task.rawValue)\"", key: key)
      default:
        reader.report(
          "\"\(key)\" is for studies that train; a \"\(task.rawValue)\" study computes", key: key)
      }
    }
  }

  /// The canonical form: every value written out, no defaults left open.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("seed", .number(Int(seed))), .init("trial", .number(Int(trial))),
    ]
    if task != .classification { members.append(.init("task", .string(task.rawValue))) }
    return .object(members + work.spec.jsonMembers + jsonMembers)
  }

  /// The network on this data, with the regularizers in it.
  /// - Throws: `RegularizerConflict` where one cannot attach.
  package func networkSpec(_ facts: DatasetFacts) throws(RegularizerConflict) -> NetworkSpec {
    try work.spec.network(on: facts).attaching(regularizers)
  }

  /// The regularizer of a type; the first if there are several, which `check` refuses where it makes
  /// no sense.
  package func regularizer<Kind: Regularizer>(_ type: Kind.Type) -> Kind? {
    regularizers.lazy.compactMap { $0 as? Kind }.first
  }

  /// n: the training size as written, or what validation leaves; nil if neither can be read.
  static func trainingImages(of document: JSONValue) -> Int? {
    if let written = document["trainSize"] { return written.intValue }
    guard let dataset = document["dataset"] else { return nil }
    let spec = DatasetSpec(reading: ObjectReader(dataset, DiagnosticCollector()))
    return DatasetFacts.of(spec).map { max(0, $0.training - spec.validation) }
  }
}

extension CellSpec: Hashable {
  /// Specs are equal when their canonical forms are.
  package static func == (a: CellSpec, b: CellSpec) -> Bool {
    a.json.canonicalText == b.json.canonicalText
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(json.canonicalText) }
}

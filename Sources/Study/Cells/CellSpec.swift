import Canonical
import Model

/// Everything that decides a run's numbers: data, network, training, regularizers and the root of
/// its randomness. It travels to workers as JSON.
package struct CellSpec: Sendable {
  /// The keys of a config that describe cells; the others describe the study.
  package static let keys = [
    "dataset", "trainSize", "network", "generator", "theory", "training", "evaluation",
    "regularizers", "streamSalt", "measure",
  ]

  /// The study's seed.
  package let seed: UInt32
  /// 0 for selection, 1…n for final runs.
  package let trial: UInt32
  /// The kind of learning.
  package let task: LearningTask
  /// The data.
  package let dataset: DatasetSpec
  /// Training images; nil for all that are not held out for validation.
  package let trainSize: Int?
  /// The network's family and parameters: the one that regularizers attach to, of a GAN the
  /// discriminator.
  package let network: NetworkChoice
  /// What makes a GAN's images; nil for all other tasks.
  package let generator: NetworkChoice?
  /// What is computed where nothing is trained; nil for all other tasks.
  package let theory: TheorySpec?
  /// The recipe.
  package let training: TrainingSpec
  /// When to evaluate beside the end.
  package let evaluation: EvaluationSpec
  /// The regularizers in written order.
  package let regularizers: [any Regularizer]
  /// 0, or a number that gives the cell streams of its own: two arms that differ in nothing else
  /// show what differences chance makes.
  package let streamSalt: UInt32
  /// What is measured beside errors, in written order; nothing in selection.
  package let measurements: [any Measurement]

  /// The root of initial weights, batches and noise; the split of the data keeps to `seed`.
  package var streamSeed: UInt32 {
    // Salt 0 must leave the seed alone; an odd factor keeps different salts apart.
    seed &+ streamSalt &* 0x9E37_79B1
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
    self.task = task
    regularizers = reader.objects("regularizers") { RegularizerRegistry.read($0) }.compactMap { $0 }
    streamSalt = UInt32(reader.int("streamSalt", default: 0, in: 0...1_000_000))
    measurements = MeasurementRegistry.read(reader)
    Self.refuseKeys(ofOtherTasks: task, reader)
    if task == .theory {
      theory = reader.object("theory") { TheorySpec(reading: $0) }
      (dataset, network, training) = (.nothing, .mlp(hidden: [], activation: .relu), .nothing)
      (trainSize, generator, evaluation) = (nil, nil, .atEnd)
      reader.finish()
      return
    }
    theory = nil
    dataset = reader.object("dataset") { DatasetSpec(reading: $0) }
    trainSize = reader.has("trainSize") ? reader.int("trainSize", in: 1...1_000_000_000) : nil
    if let value = reader.raw("network") {
      network = NetworkChoice(reading: value, reader.diagnostics)
    } else {
      reader.report("missing key \"network\"")
      network = .lenet
    }
    generator =
      task == .gan
      ? reader.raw("generator").map { NetworkChoice(reading: $0, reader.diagnostics) }
        ?? NetworkChoice(DCGANGenerator()) : nil
    training = reader.object("training") { TrainingSpec(reading: $0) }
    let atEnd = JSONValue.object([JSONValue.Member]())
    evaluation = reader.object("evaluation", default: atEnd) { EvaluationSpec(reading: $0) }
    reader.finish()
  }

  /// Keys that would change nothing are mistakes.
  private static func refuseKeys(ofOtherTasks task: LearningTask, _ reader: ObjectReader) {
    let trained = ["dataset", "trainSize", "network", "training", "evaluation", "measure"]
    for key in trained where task == .theory && reader.has(key) {
      reader.report(
        "\"\(key)\" is for studies that train; a \"theory\" study computes", key: key)
    }
    for (key, owner) in [("generator", LearningTask.gan), ("theory", .theory)]
    where task != owner && reader.has(key) {
      reader.report(
        "\"\(key)\" is for \"task\": \"\(owner.rawValue)\", and this study's is "
          + "\"\(task.rawValue)\"", key: key)
    }
  }

  /// The canonical form: every value written out, no defaults left open.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("seed", .number(Int(seed))), .init("trial", .number(Int(trial))),
    ]
    let regularizers = JSONValue.array(regularizers.map { $0.json })
    if let theory {
      members += [
        .init("task", .string(task.rawValue)), .init("theory", theory.json),
        .init("regularizers", regularizers),
      ]
      if streamSalt != 0 { members.append(.init("streamSalt", .number(Int(streamSalt)))) }
      return .object(members)
    }
    members.append(.init("dataset", dataset.json))
    if task != .classification { members.append(.init("task", .string(task.rawValue))) }
    if let trainSize { members.append(.init("trainSize", .number(trainSize))) }
    members.append(.init("network", network.json))
    if let generator { members.append(.init("generator", generator.json)) }
    members += [
      .init("training", training.json), .init("evaluation", evaluation.json),
      .init("regularizers", regularizers),
    ]
    if streamSalt != 0 { members.append(.init("streamSalt", .number(Int(streamSalt)))) }
    if !measurements.isEmpty {
      members.append(.init("measure", .array(measurements.map { $0.json })))
    }
    return .object(members)
  }

  /// The network on this data, with the regularizers in it.
  /// - Throws: `RegularizerConflict` where one cannot attach.
  package func networkSpec(_ facts: DatasetFacts) throws(RegularizerConflict) -> NetworkSpec {
    if let theory { return try theory.network.attaching(regularizers) }
    return try network.network(input: facts.shape, classes: facts.classes).attaching(regularizers)
  }

  /// What makes the images of a GAN on this data; nil for all other tasks.
  package func generatorSpec(_ facts: DatasetFacts) -> NetworkSpec? {
    generator?.network(input: facts.shape, classes: 1)
  }

  /// What is done to training images, in order: by all arms, then by this one.
  package var dataTransforms: [any DataTransform] {
    dataset.augmentation.steps + regularizers.compactMap { $0 as? any DataTransform }
  }

  /// The regularizer of a type; the first if there are several, which `check` refuses where it makes
  /// no sense.
  package func regularizer<Kind: Regularizer>(_ type: Kind.Type) -> Kind? {
    regularizers.lazy.compactMap { $0 as? Kind }.first
  }

  /// The measurement of a type, if it is asked for.
  package func measurement<Kind: Measurement>(_ type: Kind.Type) -> Kind? {
    measurements.lazy.compactMap { $0 as? Kind }.first
  }

  package func trainingImages(_ facts: DatasetFacts) -> Int {
    trainSize ?? max(0, facts.training - dataset.validation)
  }

  /// Updates of the whole training.
  package func totalUpdates(_ facts: DatasetFacts) -> Int {
    training.totalUpdates(images: trainingImages(facts))
  }

  package func updatesPerEpoch(_ facts: DatasetFacts) -> Int {
    training.updatesPerEpoch(images: trainingImages(facts))
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

  /// Hashes the canonical form.
  package func hash(into hasher: inout Hasher) { hasher.combine(json.canonicalText) }
}

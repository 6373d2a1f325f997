import Canonical
import Model

/// What a cell needs to train a network: data, network, recipe, and what is looked at meanwhile.
package struct TrainingSetup: Sendable {
  package static let keys = [
    "dataset", "trainSize", "network", "training", "evaluation", "measure",
  ]

  static let trainSizes = 1...1_000_000_000

  package let dataset: DatasetSpec
  /// Training images; nil for all that are not held out for validation.
  package let trainSize: Int?
  /// The network that regularizers attach to: of a GAN the discriminator.
  package let network: NetworkChoice
  package let recipe: TrainingSpec
  /// When to evaluate beside the end.
  package let evaluation: EvaluationSpec
  /// What is measured beside errors, in written order; nothing in selection.
  package let measurements: [any Measurement]

  init(reading reader: ObjectReader) {
    dataset = reader.object("dataset") { DatasetSpec(reading: $0) }
    trainSize = reader.has("trainSize") ? reader.int("trainSize", in: Self.trainSizes) : nil
    if let value = reader.raw("network") {
      network = NetworkChoice(reading: value, reader.diagnostics)
    } else {
      reader.report("missing key \"network\"")
      network = .lenet
    }
    recipe = reader.object("training") { TrainingSpec(reading: $0) }
    let atEnd = JSONValue.object([JSONValue.Member]())
    evaluation = reader.object("evaluation", default: atEnd) { EvaluationSpec(reading: $0) }
    measurements = MeasurementRegistry.read(reader)
  }

  var members: [JSONValue.Member] {
    var members = [JSONValue.Member("dataset", dataset.json)]
    if let trainSize { members.append(.init("trainSize", .number(trainSize))) }
    members += [
      .init("network", network.json), .init("training", recipe.json),
      .init("evaluation", evaluation.json),
    ]
    if !measurements.isEmpty {
      members.append(.init("measure", .array(measurements.map { $0.json })))
    }
    return members
  }

  /// What is known of the data before they are read; nil for a data set that is not known.
  package var facts: DatasetFacts? { DatasetFacts.of(dataset) }

  package func trainingImages(_ facts: DatasetFacts) -> Int {
    trainSize ?? max(0, facts.training - dataset.validation)
  }

  /// Updates of the whole training.
  package func totalUpdates(_ facts: DatasetFacts) -> Int {
    recipe.totalUpdates(images: trainingImages(facts))
  }

  package func updatesPerEpoch(_ facts: DatasetFacts) -> Int {
    recipe.updatesPerEpoch(images: trainingImages(facts))
  }

  /// Evaluations of the whole training, that at the end included.
  package func evaluations(_ facts: DatasetFacts) -> Int {
    evaluation.count(total: totalUpdates(facts), updatesPerEpoch: updatesPerEpoch(facts))
  }
}

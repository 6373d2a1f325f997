import Canonical
import Model

/// What a cell needs to train a network: data, network, recipe, and what is looked at meanwhile.
package struct TrainingSetup: Configurable {
  static let trainSizes = 1...1_000_000_000

  package private(set) var dataset = DatasetSpec.blank
  /// Training images; nil for all that are not held out for validation.
  package private(set) var trainSize: Int?
  /// The network that regularizers attach to: of a GAN the discriminator.
  package private(set) var network = NetworkChoice.lenet
  package private(set) var recipe = TrainingSpec.blank
  /// When to evaluate beside the end.
  package private(set) var evaluation = EvaluationSpec.atEnd
  /// What is measured beside errors, in written order; nothing in selection.
  package private(set) var measurements: [any Measurement] = []

  package static let blank = TrainingSetup()
  package static let fields: [Field<TrainingSetup>] = [
    .object("dataset", \.dataset, .required, "the data", schema: Schema.reference("dataset")),
    .whole(
      "trainSize", \.trainSize, in: trainSizes,
      "training images in use, nested subsets; all but validation unless said otherwise"),
    .network(
      "network", \.network, .required,
      "a family's name, or an object with the name and its numbers, or layers one by one"),
    .object(
      "training", \.recipe, .required, "the recipe", schema: Schema.reference("training")),
    .object(
      "evaluation", \.evaluation, .optional, "when networks are evaluated beside the end",
      schema: Schema.reference("evaluation")),
    .value(
      ConfigKey(
        "measure", .optional, "what is measured of final runs", schema: Schema.reference("measure")),
      \.measurements
    ) { reader, _ in
      MeasurementRegistry.read(reader)
    } write: {
      $0.isEmpty ? nil : .array($0.map { $0.json })
    },
  ]

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

extension Field {
  /// A network; absent, as the owner's `blank` says.
  static func network(
    _ name: String, _ path: Path<NetworkChoice>, _ presence: Presence, _ meaning: String
  ) -> Field {
    let key = ConfigKey(name, presence, meaning, schema: Schema.reference("network"))
    return value(key, path) { reader, owner in
      reader.value(name, isRequired: presence == .required).map {
        NetworkChoice(reading: $0, reader.diagnostics)
      } ?? owner[keyPath: path]
    } write: {
      $0.json
    }
  }
}

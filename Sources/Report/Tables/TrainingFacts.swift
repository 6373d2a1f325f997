import Model
import Study

/// What a cell's specification says of all its runs: how updates become epochs, and the counts that
/// papers print of data and networks.
struct TrainingFacts {
  /// Updates before training itself.
  let pretrainingUpdates: Int
  let updatesPerEpoch: Int
  /// Counts by the metric's name.
  let measures: [String: Double]

  init(_ spec: CellSpec, _ setup: TrainingSetup, _ facts: DatasetFacts) {
    updatesPerEpoch = max(1, setup.updatesPerEpoch(facts))
    let network = setup.network.network(input: facts.shape, classes: facts.classes)
    let hiddenLayers = (LogisticLayers(of: network)?.dense.count ?? 1) - 1
    let epochs = spec.regularizer(RBMPretraining.self)?.epochs ?? 0
    pretrainingUpdates = epochs * hiddenLayers * updatesPerEpoch
    let parameters = (try? network.placedLayers())?.flatMap(\.parameters).reduce(0) {
      $0 + $1.count
    }
    measures = [
      "classes": Double(facts.classes),
      "train_per_class": Double(facts.training) / Double(facts.classes),
      "test_per_class": Double(facts.test) / Double(facts.classes),
      "params": Double(parameters ?? 0) / 1e6,
    ]
  }

  /// The epochs of training that an update ends, pre-training left out.
  func epoch(ofUpdate update: Int?) -> Double? {
    update.map { Double(max(0, $0 - pretrainingUpdates)) / Double(updatesPerEpoch) }
  }
}

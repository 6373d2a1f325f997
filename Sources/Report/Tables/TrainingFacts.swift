import Model
import Study

/// What a cell's specification says of all its runs: how updates become epochs, and the counts that
/// papers print of data and networks.
struct TrainingFacts: Equatable {
  /// Updates before training itself.
  var pretrainingUpdates = 0
  var updatesPerEpoch = 1
  /// What papers count of data and networks.
  var counts: [Metric: Double] = [:]

  /// The epochs of training that an update ends, pre-training left out.
  func epoch(ofUpdate update: Int) -> Double {
    Double(max(0, update - pretrainingUpdates)) / Double(updatesPerEpoch)
  }
}

extension TrainingFacts {
  init(_ spec: CellSpec, _ setup: TrainingSetup, _ facts: DatasetFacts) {
    updatesPerEpoch = max(1, setup.updatesPerEpoch(facts))
    let network = setup.network.network(input: facts.shape, classes: facts.classes)
    let hiddenLayers = (LogisticLayers(of: network)?.dense.count ?? 1) - 1
    let epochs = spec.regularizer(RBMPretraining.self)?.epochs ?? 0
    pretrainingUpdates = epochs * hiddenLayers * updatesPerEpoch
    let parameters = (try? network.placedLayers())?.flatMap(\.parameters).reduce(0) {
      $0 + $1.count
    }
    counts = [
      .classes: Double(facts.classes),
      .trainingPerClass: Double(facts.training) / Double(facts.classes),
      .testPerClass: Double(facts.test) / Double(facts.classes),
      .parameters: Double(parameters ?? 0) / 1e6,
    ]
  }
}

import Canonical
import Model

/// A cell that learns to give back images through a code.
package struct AutoencoderSpec: TrainedTask {
  package static let keys = TrainingSetup.keys + [costsKey]
  static let costsKey = "svmCosts"
  package static let learner = "an autoencoder"
  package static let learnsFromImages = true
  package static let isClassifier = false
  package static let hasValidationLoss = true

  package let training: TrainingSetup
  /// What is tried for the machine that classifies codes.
  package let costs: SVMCosts

  package init(reading reader: ObjectReader) {
    training = TrainingSetup(reading: reader)
    costs = SVMCosts(Self.costsKey, of: reader)
  }

  /// The usual costs are left out: ids of runs are older than the key.
  package var members: [JSONValue.Member] {
    training.members
      + (costs == .usual
        ? [] : [.init(Self.costsKey, .array(costs.values.map { .number($0) }))])
  }

  package var tableMetrics: [Metric] { [.testError] }

  package func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    if network.output == .classScores {
      return "\(network.name) gives scores of classes; an autoencoder gives back its input"
    }
    guard let shape = try? network.outputShape(), shape.count != network.input.count else {
      return nil
    }
    return
      "\(network.name) ends in \(shape.count) outputs, but its input has \(network.input.count)"
  }

  package func checkNeeds(_ facts: DatasetFacts, _ check: CellCheck) {}
}

extension CellSpec {
  /// What is tried for a support vector machine on what the cell's network has learned.
  package var svmCosts: SVMCosts {
    if case .autoencoder(let spec) = work { return spec.costs }
    return .usual
  }
}

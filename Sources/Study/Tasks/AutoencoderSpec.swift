import Canonical
import Model

/// A cell that learns to give back images through a code.
package struct AutoencoderSpec: TrainedTask {
  package static let keys = TrainingSetup.keys
  package static let learner = "an autoencoder"
  package static let learnsFromImages = true
  package static let isClassifier = false
  package static let hasValidationLoss = true

  package let training: TrainingSetup

  package init(reading reader: ObjectReader) { training = TrainingSetup(reading: reader) }

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

import Canonical
import Model

/// A cell that learns to give back images through a code.
package struct AutoencoderSpec: TrainedTask {
  package static let blank = AutoencoderSpec()
  package static let fields: [Field<AutoencoderSpec>] =
    Field.inline(TrainingSetup.fields, \.training) + [.costs("svmCosts", \.costs)]

  package static let learner = "an autoencoder"
  package static let learnsFromImages = true
  package static let isClassifier = false
  package static let hasValidationLoss = true
  package static let figures: [FigureKind] = []

  package var training = TrainingSetup.blank
  /// What is tried for the machine that classifies codes.
  package private(set) var costs = SVMCosts.usual

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

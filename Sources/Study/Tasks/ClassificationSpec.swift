import Canonical
import Model

/// A cell that learns to tell the classes of images.
package struct ClassificationSpec: TrainedTask {
  package static let blank = ClassificationSpec()
  package static let learner = "a classifier"
  package static let learnsFromImages = true
  package static let isClassifier = true
  package static let hasValidationLoss = true
  package static let figures: [FigureKind] = []

  package var training = TrainingSetup.blank

  package var tableMetrics: [Metric] { [.testError] }

  package func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    if network.output != .classScores {
      return "\(network.name) gives no scores of classes, which \"classification\" needs"
    }
    guard let shape = try? network.outputShape(), shape.count != classes else { return nil }
    return "\(network.name) ends in \(shape.count) outputs, but the data has \(classes) classes"
  }

  package func checkNeeds(_ facts: DatasetFacts, _ check: CellCheck) {}
}

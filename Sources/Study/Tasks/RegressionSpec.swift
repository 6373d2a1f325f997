import Canonical
import Model

/// A cell that learns a curve from noisy points of it.
package struct RegressionSpec: TrainedTask {
  package static let blank = RegressionSpec()
  package static let learner = "a regression"
  package static let learnsFromImages = false
  package static let isClassifier = false
  package static let hasValidationLoss = false
  package static let figures = Predictions.figures

  package var training = TrainingSetup.blank

  package var tableMetrics: [Metric] {
    [.rmse, .totalVariation]
  }

  package func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    if network.output != .values {
      return "\(network.name) gives no values, which \"regression\" needs; "
        + "\"\(RegressionMLP.family)\" does"
    }
    guard let shape = try? network.outputShape(), shape.count != 1 else { return nil }
    return "\(network.name) ends in \(shape.count) outputs, but a curve has one value"
  }

  package func checkNeeds(_ facts: DatasetFacts, _ check: CellCheck) {
    if training.trainSize != nil {
      check.add(
        "a regression trains on all points", "trainSize", "set \"dataset.curve.points\" instead")
    }
    if training.recipe.batch > facts.training {
      check.add(
        "a batch of \(training.recipe.batch) is more than the \(facts.training) points",
        "training.batch", "at most all points: \(facts.training)")
    }
  }
}

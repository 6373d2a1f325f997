import Engine
import Model
import Study

/// How many images go through a cell's network, procedures around training and measurements
/// included.
struct CellWork {
  /// Images that the network learns from.
  var trained: Double
  /// Images that it only classifies.
  var evaluated: Double

  /// Counts for a cell on data of these facts.
  init(_ spec: CellSpec, _ facts: DatasetFacts) {
    let updates = spec.totalUpdates(facts)
    let perEpoch = spec.updatesPerEpoch(facts)
    let evaluations = spec.evaluation.count(total: updates, updatesPerEpoch: perEpoch)
    let batch = Double(spec.training.batch)
    let members = Double(spec.regularizer(Bagging.self)?.members ?? 1)
    let noisyPasses = Double(spec.regularizer(MonteCarloPrediction.self)?.passes ?? 1)
    trained = members * Double(updates) * batch
    if let pretraining = spec.regularizer(RBMPretraining.self) {
      // Contrastive divergence takes five products with a layer's weights where training takes three.
      trained += 5 / 3 * Double(pretraining.epochs * perEpoch) * batch
    }
    evaluated =
      members * noisyPasses * Double(evaluations) * Double(spec.dataset.validation + facts.test)
      + Self.measuredImages(spec, facts, evaluations)
  }

  /// Images that are classified for the sake of measurements.
  private static func measuredImages(
    _ spec: CellSpec, _ facts: DatasetFacts, _ evaluations: Int
  ) -> Double {
    guard !spec.measurements.isEmpty, let cell = try? MeasuredCell(spec, facts) else { return 0 }
    let training = Double(spec.trainingImages(facts))
    var images = 0.0
    if spec.measurement(LearningCurve.self)?.includesTraining == true {
      images += Double(evaluations) * training
    }
    if let pruning = spec.measurement(PruningLosses.self) {
      let curves = (try? pruning.names(in: cell).count) ?? 0
      images += Double(curves * PruningCurve.usualFractions.count * facts.test)
    }
    if spec.measurement(VarianceShift.self) != nil {
      let epochs = Double(spec.totalUpdates(facts)) / Double(max(1, spec.updatesPerEpoch(facts)))
      images += 2 * epochs.rounded(.up) * training
    }
    if spec.measurement(FeatureSVM.self) != nil {
      images += training + Double(spec.dataset.validation + facts.test)
    }
    return images
  }
}

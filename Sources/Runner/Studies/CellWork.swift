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
  init(_ spec: CellSpec, _ setup: TrainingSetup, _ facts: DatasetFacts) {
    let updates = setup.totalUpdates(facts)
    let perEpoch = setup.updatesPerEpoch(facts)
    let evaluations = setup.evaluations(facts)
    let batch = Double(setup.recipe.batch)
    let members = Double(spec.regularizer(Bagging.self)?.members ?? 1)
    let noisyPasses = Double(spec.regularizer(MonteCarloPrediction.self)?.passes ?? 1)
    trained = members * Double(updates) * batch
    if let pretraining = spec.regularizer(RBMPretraining.self) {
      // Contrastive divergence takes five products with a layer's weights where training takes three.
      trained += 5 / 3 * Double(pretraining.epochs * perEpoch) * batch
    }
    evaluated =
      members * noisyPasses * Double(evaluations) * Double(setup.dataset.validation + facts.test)
      + Self.measuredImages(spec, setup, facts, evaluations)
  }

  /// Images that are classified for the sake of measurements.
  private static func measuredImages(
    _ spec: CellSpec, _ setup: TrainingSetup, _ facts: DatasetFacts, _ evaluations: Int
  ) -> Double {
    guard !setup.measurements.isEmpty, let cell = try? MeasuredCell(spec, setup, facts) else {
      return 0
    }
    let training = Double(setup.trainingImages(facts))
    var images = 0.0
    if cell.measurement(LearningCurve.self)?.includesTraining == true {
      images += Double(evaluations) * training
    }
    if let pruning = cell.measurement(PruningLosses.self) {
      let curves = (try? pruning.names(in: cell).count) ?? 0
      images += Double(curves * PruningCurve.usualFractions.count * facts.test)
    }
    if cell.measurement(VarianceShift.self) != nil {
      let epochs = Double(setup.totalUpdates(facts)) / Double(max(1, setup.updatesPerEpoch(facts)))
      images += 2 * epochs.rounded(.up) * training
    }
    if cell.measurement(FeatureSVM.self) != nil {
      images += training + Double(setup.dataset.validation + facts.test)
    }
    return images
  }
}

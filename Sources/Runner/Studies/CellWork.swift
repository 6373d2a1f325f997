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
      + Self.measuredImages(spec, setup, facts)
  }

  /// Images that go through the network for the sake of measurements.
  private static func measuredImages(
    _ spec: CellSpec, _ setup: TrainingSetup, _ facts: DatasetFacts
  ) -> Double {
    guard let cell = try? MeasuredCell(spec, setup, facts) else { return 0 }
    return MeasurementRegistry.kinds.taken(setup.measurements).reduce(0) {
      $0 + $1.images(in: cell)
    }
  }
}

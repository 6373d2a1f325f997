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
    let batch = Double(setup.recipe.batch)
    let procedures = CellProcedures(spec)
    let members = Double(procedures.members ?? 1)
    trained = members * Double(updates) * batch
    if let pretraining = procedures.pretraining {
      trained +=
        members * pretraining.relativeCost * Double(pretraining.epochs * perEpoch) * batch
    }
    evaluated =
      members * Double(procedures.prediction?.passes ?? 1) * Double(setup.evaluations(facts))
      * spec.work.runnable.evaluatedImages(setup, facts)
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

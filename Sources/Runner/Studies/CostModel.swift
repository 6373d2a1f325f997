import Engine
import Model
import Study

/// Estimates how long cells take, from the multiply-adds of their networks and from how fast such
/// cells have been so far.
struct CostModel {
  /// Nominal floating-point operations per second of one thread before anything is known.
  static let assumedSpeed = 50e9

  private struct Sample {
    var operations = 0.0
    var seconds = 0.0
  }

  private var samples: [String: Sample] = [:]
  private var provisional: [String: Sample] = [:]
  private var all = Sample()

  /// Nominal operations of a cell: two per multiply-add, three passes per training image, one per
  /// evaluated image; 0 for a cell whose network cannot be built.
  static func operations(_ spec: CellSpec) -> Double {
    guard let facts = DatasetFacts.of(spec.dataset),
      let multiplyAdds = try? spec.networkSpec(facts).multiplyAdds()
    else { return 0 }
    let updates = spec.totalUpdates(facts)
    if let generator = spec.generatorSpec(facts), let made = try? generator.multiplyAdds() {
      // The discriminator judges a real image, a made one, and that one again for the generator.
      let step = 3 * Double(made) + 9 * Double(multiplyAdds)
      return 2 * step * Double(updates) * Double(spec.training.batch)
    }
    let evaluations = spec.evaluation.count(
      total: updates, updatesPerEpoch: spec.updatesPerEpoch(facts))
    let members = Double(spec.regularizer(Bagging.self)?.members ?? 1)
    let noisyPasses = Double(spec.regularizer(MonteCarloPrediction.self)?.passes ?? 1)
    let work = spec.regularizer(MarginalizedNoise.self)?.relativeWork(of: spec.network) ?? 1
    let passes =
      members * work * 3 * Double(updates) * Double(spec.training.batch)
      + members * noisyPasses * Double(evaluations) * Double(spec.dataset.validation + facts.test)
    return 2 * Double(multiplyAdds) * (passes + measuredImages(spec, facts, evaluations))
  }

  /// How many images go through the network for the sake of measurements.
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

  /// Learns from a cell that took so long on so many threads.
  mutating func learn(_ cell: Cell, operations: Double, seconds: Double, threads: Int) {
    let sample = Sample(operations: operations, seconds: seconds * Double(threads))
    for key in keys(cell) {
      samples[key, default: Sample()].operations += sample.operations
      samples[key, default: Sample()].seconds += sample.seconds
    }
    all.operations += sample.operations
    all.seconds += sample.seconds
  }

  /// Notes how fast an unfinished cell is, for as long as no such cell has been finished.
  mutating func observe(_ cell: Cell, operations: Double, seconds: Double, threads: Int) {
    guard operations > 0, seconds > 0 else { return }
    for key in keys(cell) {
      provisional[key] = Sample(operations: operations, seconds: seconds * Double(threads))
    }
  }

  /// Seconds of one thread for a cell.
  func seconds(_ cell: Cell, operations: Double) -> Double {
    let keys = keys(cell)
    let known =
      keys.compactMap { samples[$0] }.first ?? keys.compactMap { provisional[$0] }.first ?? all
    let speed =
      known.seconds > 0 && known.operations > 0
      ? known.operations / known.seconds : Self.assumedSpeed
    return operations / speed
  }

  /// What cells of equal speed have in common, the narrowest first.
  private func keys(_ cell: Cell) -> [String] {
    let network = cell.spec.network.json.canonicalText
    return ["\(network) \(cell.arm)", network]
  }
}

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
    if let generator = spec.generatorSpec(facts), let made = try? generator.multiplyAdds() {
      // The discriminator judges a real image, a made one, and that one again for the generator.
      let step = 3 * Double(made) + 9 * Double(multiplyAdds)
      return 2 * step * CellWork(spec, facts).trained
    }
    let images = CellWork(spec, facts)
    let work = spec.regularizer(MarginalizedNoise.self)?.relativeWork(of: spec.network) ?? 1
    return 2 * Double(multiplyAdds) * (3 * work * images.trained + images.evaluated)
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

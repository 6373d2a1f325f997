import Engine
import Model
import Study

/// Estimates how long cells take, from the multiply-adds of their networks and from how fast such
/// cells have been so far.
struct CostModel {
  /// Nominal floating-point operations per second of one thread before anything is known.
  static let assumedSpeed = 50e9

  /// What a cell costs whatever the machine: nominal operations, and what cells of equal speed have in
  /// common, the narrowest first.
  struct Work: Hashable {
    let operations: Double
    fileprivate let kinds: [String]

    init(_ cell: Cell) {
      operations = CostModel.operations(cell.spec)
      let network = cell.spec.networkText
      kinds = ["\(network) \(cell.arm)", network]
    }
  }

  private struct Sample {
    var operations = 0.0
    var seconds = 0.0
  }

  private var samples: [String: Sample] = [:]
  private var provisional: [String: Sample] = [:]
  private var all = Sample()

  /// Nominal operations of a cell; 0 for one whose network cannot be built.
  static func operations(_ spec: CellSpec) -> Double { spec.work.runnable.operations(spec) }

  /// Learns from a cell that took so long on so many threads.
  mutating func learn(_ work: Work, seconds: Double, threads: Int) {
    let sample = Sample(operations: work.operations, seconds: seconds * Double(threads))
    for kind in work.kinds {
      samples[kind, default: Sample()].operations += sample.operations
      samples[kind, default: Sample()].seconds += sample.seconds
    }
    all.operations += sample.operations
    all.seconds += sample.seconds
  }

  /// Notes how fast an unfinished cell is, for as long as no such cell has been finished.
  /// - Parameter share: how much of it took so long.
  mutating func observe(_ work: Work, share: Double, seconds: Double, threads: Int) {
    guard work.operations * share > 0, seconds > 0 else { return }
    for kind in work.kinds {
      provisional[kind] = Sample(
        operations: work.operations * share, seconds: seconds * Double(threads))
    }
  }

  /// Seconds of one thread for a cell.
  func seconds(_ work: Work) -> Double {
    let known =
      work.kinds.lazy.compactMap { samples[$0] }.first
      ?? work.kinds.lazy.compactMap { provisional[$0] }.first ?? all
    let speed =
      known.seconds > 0 && known.operations > 0
      ? known.operations / known.seconds : Self.assumedSpeed
    return work.operations / speed
  }
}

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

  /// Nominal operations of a cell; 0 for one whose network cannot be built.
  static func operations(_ spec: CellSpec) -> Double { spec.work.runnable.operations(spec) }

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
    let network = cell.spec.networkText
    return ["\(network) \(cell.arm)", network]
  }
}

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

  /// How long cells took on one thread, the latest last.
  private struct Sample {
    /// How many cells are remembered: the machine may have been slower or busier before.
    static let limit = 15
    private var cells: [(operations: Double, seconds: Double)] = []

    mutating func add(operations: Double, seconds: Double) {
      guard operations > 0, seconds > 0 else { return }
      if cells.count == Self.limit { cells.removeFirst() }
      cells.append((operations, seconds))
    }

    /// Seconds of an operation: the median over the cells, each with the weight of its operations. A
    /// machine that slept during a cell does not spoil it. Nil before there is a cell.
    var secondsOfOperation: Double? {
      let half = cells.reduce(0) { $0 + $1.operations } / 2
      let inOrder = cells.sorted { $0.seconds / $0.operations < $1.seconds / $1.operations }
      var passed = 0.0
      for cell in inOrder {
        passed += cell.operations
        if passed >= half { return cell.seconds / cell.operations }
      }
      return nil
    }
  }

  private var samples: [String: Sample] = [:]
  private var provisional: [String: Sample] = [:]
  private var all = Sample()

  /// Nominal operations of a cell; 0 for one whose network cannot be built.
  static func operations(_ spec: CellSpec) -> Double { spec.work.runnable.operations(spec) }

  /// Learns from a cell that was finished after those that it was told of before.
  mutating func learn(_ work: Work, _ cost: RunCost) {
    let seconds = cost.seconds * Double(cost.threads)
    for kind in work.kinds {
      samples[kind, default: Sample()].add(operations: work.operations, seconds: seconds)
    }
    all.add(operations: work.operations, seconds: seconds)
  }

  /// Learns from cells that were finished in whatever order.
  mutating func learn(_ cells: [(work: Work, timing: RunTiming)]) {
    // The same runs in the same order give the same estimate.
    let inOrder = cells.sorted { ($0.timing.date, $0.timing.id) < ($1.timing.date, $1.timing.id) }
    for cell in inOrder { learn(cell.work, cell.timing.cost) }
  }

  /// Notes how fast an unfinished cell is, for as long as no such cell has been finished.
  /// - Parameter share: how much of it took so long.
  mutating func observe(_ work: Work, share: Double, seconds: Double, threads: Int) {
    var sample = Sample()
    sample.add(operations: work.operations * share, seconds: seconds * Double(threads))
    for kind in work.kinds { provisional[kind] = sample }
  }

  /// Seconds of one thread for a cell.
  func seconds(_ work: Work) -> Double {
    let known =
      work.kinds.lazy.compactMap { samples[$0]?.secondsOfOperation }.first
      ?? work.kinds.lazy.compactMap { provisional[$0]?.secondsOfOperation }.first
      ?? all.secondsOfOperation
    return work.operations * (known ?? 1 / Self.assumedSpeed)
  }
}

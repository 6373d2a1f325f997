import Model
import Study

/// What a cell needs beside time, estimated from its network's shapes before anything is trained.
package struct CellFootprint: Equatable, Sendable {
  /// Numbers that the network learns.
  package var parameters: Int
  /// Memory of a worker that trains it, in megabytes.
  package var megabytes: Int
  package var checkpointBytes: Int

  /// What a worker takes before it has a network: program, libraries, their tables.
  private static let baseMegabytes = 60
  /// Checkpoints kept, and the one that is being written.
  private static let checkpoints = 3
  /// Log, resolved cell, learning curve, and the run's lines in journal and records.
  private static let recordBytes = 32_768

  /// The estimate; nil for a cell whose network cannot be built.
  ///
  /// Weights, gradients of as many chunks as a batch has at most, and the optimizer's memory; the
  /// activations of a batch and their gradients; the images of the data set, which workers share
  /// but which must fit once.
  package init?(_ spec: CellSpec) {
    guard let networks = try? spec.work.runnable.networks(spec),
      let layers = try? networks.flatMap({ try $0.placedLayers() }), let first = networks.first
    else { return nil }
    parameters = layers.flatMap(\.parameters).reduce(0) { $0 + $1.count }
    let numbers = layers.reduce(first.input.count) { $0 + $1.output.count }
    let activations = 2 * numbers * (spec.setup?.recipe.batch ?? 1)
    let images =
      spec.setup?.facts.map { ($0.training + $0.test) * $0.shape.count } ?? 0
    let bytes = 4 * (5 * parameters + activations) + images
    megabytes = Self.baseMegabytes + bytes / 1_000_000
    // Weights and, at most, two arrays of the optimizer's of the same size.
    checkpointBytes = 4 * 3 * parameters + 4096
  }

  /// Bytes that a study takes on the disk while it runs: the checkpoints of the largest cells that
  /// run at the same time, and what is kept of every run.
  static func diskBytes(_ runs: [PlannedRuns], jobs: Int) -> Int {
    let count = runs.reduce(0) { $0 + $1.count }
    let sizes = runs.flatMap { run in
      Array(
        repeating: CellFootprint(run.example.spec)?.checkpointBytes ?? 0,
        count: min(run.count, jobs))
    }.sorted(by: >)
    return sizes.prefix(jobs).reduce(0, +) * checkpoints + count * recordBytes
  }

  /// How many workers fit into so much memory, at least one.
  static func workers(_ runs: [PlannedRuns], freeMegabytes: Int) -> Int {
    let most = runs.compactMap { CellFootprint($0.example.spec)?.megabytes }.max() ?? baseMegabytes
    // A tenth stays free for everything else.
    return max(1, freeMegabytes * 9 / 10 / most)
  }
}

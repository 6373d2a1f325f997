import Study
import System

/// How fast the running cells are, and how long the study still takes.
struct RemainingTime {
  private struct Running {
    let running: RunningCell
    let work: CostModel.Work
    let start = MonotonicClock.seconds()
    let firstUpdate: Int
    var progress: CellProgress?

    /// How much of the cell is done, 0 to 1.
    var fraction: Double {
      guard let progress, progress.total > 0 else { return 0 }
      return Double(progress.update) / Double(progress.total)
    }
  }

  private var cells: [String: Running] = [:]

  /// A cell's training starts.
  mutating func begin(_ running: RunningCell, update: Int) {
    cells[running.id] = Running(
      running: running, work: CostModel.Work(running.cell), firstUpdate: update)
  }

  /// A cell has come further.
  mutating func update(
    _ running: RunningCell, _ progress: CellProgress, _ costs: inout CostModel
  ) {
    guard var entry = cells[running.id] else { return }
    entry.progress = progress
    cells[running.id] = entry
    let share = Double(progress.update - entry.firstUpdate) / Double(max(1, progress.total))
    costs.observe(
      entry.work, share: share, seconds: MonotonicClock.seconds() - entry.start,
      threads: running.threads)
  }

  /// A cell's worker has let go of it.
  mutating func end(_ running: RunningCell) { cells[running.id] = nil }

  /// Whether any cell is being trained.
  var isRunning: Bool { !cells.isEmpty }

  /// Training speed of all running cells together.
  var imagesPerSecond: Double {
    cells.keys.sorted().reduce(0) { $0 + (cells[$1]?.progress?.imagesPerSecond ?? 0) }
  }

  /// Seconds that the running cells have saved of `costs`' estimate so far, counted for one
  /// thread.
  func secondsDone(_ costs: CostModel) -> Double {
    cells.values.reduce(0) { sum, entry in
      sum + entry.fraction * costs.seconds(entry.work)
    }
  }
}

import Study

/// What happens while a study runs, in order. Everything that a terminal or a log can show comes
/// from here.
package enum RunEvent: Sendable {
  /// Data are looked for, downloaded or decoded: a sentence for the user.
  case preparing(String)
  /// Finished runs were found and are not trained again.
  case found(FoundRuns)
  /// Some of them were found in other result folders of the study.
  case taken([TakenRuns])
  /// Runs that stand in runs.csv are trained again: their series are missing or others.
  case incomplete(runs: Int)
  /// Runs of runs.csv that the study as it stands does not need leave it; they stay in the journal of
  /// the runs folder.
  case setAside(runs: Int, from: String, to: String)
  /// Memory suffices for fewer workers than were asked for.
  case fewerJobs(Int, of: Int)
  /// What is left to do and about how long it takes; sent once, before the first cell starts.
  case planned(RunPlan)
  /// A cell is being trained by a worker.
  case started(RunningCell, resumedAtUpdate: Int)
  /// A cell has come further; at most about twice a second for each worker.
  case progress(RunningCell, CellProgress)
  /// A cell's network was evaluated.
  case evaluated(RunningCell, CurvePoint)
  /// A cell's state is safe on the disk.
  case checkpointed(RunningCell, update: Int)
  /// A checkpoint or the learning curve of a cell could not be written; it goes on all the same.
  case notSaved(RunningCell, reason: String)
  /// A worker did not answer and was ended; its cell carries on from its last checkpoint.
  case givenUp(RunningCell, reason: String)
  /// A cell is done and its record is safe on the disk.
  case finished(RunningCell, RunRecord, seconds: Double)
  /// The checkpoints of a finished run could not be removed; its record is safe all the same.
  case checkpointsStay(RunningCell, reason: String)
  /// A worker ended unexpectedly; the cell is tried once more.
  case retrying(RunningCell, reason: String, log: String)
  /// A cell failed; the study goes on.
  case failed(FailedCell)
  /// The counts changed: what the bottom line of a progress display shows.
  case status(RunStatus)
  /// The first Ctrl-C (or SIGTERM, SIGHUP) arrived: workers finish their batch and save their state.
  case stopping
  /// Nothing is left to start here: other processes train the rest.
  case waiting(runs: Int, holders: [String])
  /// The time is up: workers finish their batch and save their state.
  case budgetIsSpent
  /// All workers have left after a stop request.
  case interrupted(remaining: Int)
}

/// Runs of an earlier call.
package struct FoundRuns: Sendable, Equatable {
  /// How many belong to this study as it stands.
  package var count: Int
  /// When the latest of them were trained, as in `2026-11-23`; nil if not recorded.
  package var date: String?
  /// On which CPU; nil if not recorded.
  package var cpu: String?
}

/// Finished runs that another result folder of the study has.
package struct TakenRuns: Sendable, Equatable {
  package var folder: String
  package var runs: Int
}

/// What a call of `run` is about to do.
package struct RunPlan: Sendable, Equatable {
  /// Runs that exist already.
  package var finished: Int
  /// Runs to be trained, at most: what selection leaves out is not known beforehand.
  package var missing: Int
  /// About how long it takes, in seconds; nil if nothing is missing.
  package var seconds: Double?
  /// Cells trained at a time.
  package var jobs: Int
  package var threads: Int
}

/// A cell in the hands of a worker.
package struct RunningCell: Sendable {
  package var cell: Cell
  /// Its run's id.
  package var id: String
  /// The worker's number, from 0.
  package var worker: Int
  /// Threads it may use.
  package var threads: Int
}

/// How far a cell's training is.
package struct CellProgress: Sendable, Equatable {
  /// Updates done.
  package var update: Int
  /// Updates of the whole training.
  package var total: Int
  /// Training speed of late.
  package var imagesPerSecond: Double
  /// Mean loss of the updates since the last report.
  package var loss: Double
}

/// A cell that could not be trained.
package struct FailedCell: Sendable {
  package var cell: Cell
  /// Its run's id.
  package var id: String
  /// One sentence without a full stop.
  package var reason: String
  /// Where its log lies.
  package var log: String
}

/// The study at one moment.
package struct RunStatus: Sendable, Equatable {
  /// Runs that are done, those found included.
  package var finished: Int
  /// Runs that are being trained.
  package var running: Int
  /// Runs that failed.
  package var failed: Int
  /// Runs not started, at most.
  package var waiting: Int
  /// Training speed of all workers together.
  package var imagesPerSecond: Double
  /// How much of the study's work is done, 0 to 1.
  package var share: Double
  /// About how long it still takes; nil before there is anything to go by.
  package var remainingSeconds: Double?
}

/// Watches a study run. Called on the thread that called `StudyRunner.run()`.
package protocol RunObserver: AnyObject {
  /// Takes the next event.
  func handle(_ event: RunEvent)
}

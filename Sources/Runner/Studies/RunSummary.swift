import Study

/// How a call of `run` ended.
package struct RunSummary: Sendable {
  /// Why it ended.
  package enum Outcome: String, Sendable, Equatable {
    /// Everything is done, or has failed.
    case complete
    /// Stopped after a request; the same command goes on from here.
    case interrupted
    /// The time was up; the same command goes on from here.
    case outOfBudget
    /// Stopped after the first failure, as was asked for.
    case failedFast
    /// Stopped at once after a second request.
    case killed
  }

  /// Why it ended.
  package var outcome: Outcome
  /// All finished runs of the study, in the order of runs.csv.
  package var runs: [FinishedRun]
  /// Runs trained by this call.
  package var trained: Int
  /// What failed, by name.
  package var failures: [FailedCell]
  /// Runs that are still missing, at most; 0 unless interrupted or something failed.
  package var missing: Int
  /// Wall time of this call in seconds.
  package var seconds: Double

  /// The finished runs' records.
  package var records: [RunRecord] { runs.map(\.record) }
}

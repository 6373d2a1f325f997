import Study

/// How a call of `run` ended.
public struct RunSummary: Sendable {
  /// Why it ended.
  public enum Outcome: Sendable, Equatable {
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
  public var outcome: Outcome
  /// The records of all finished runs of the study, in the order of runs.csv.
  public var records: [RunRecord]
  /// Runs trained by this call.
  public var trained: Int
  /// What failed, by name.
  public var failures: [FailedCell]
  /// Runs that are still missing, at most; 0 unless interrupted or something failed.
  public var missing: Int
  /// Wall time of this call in seconds.
  public var seconds: Double
}

extension Scheduler {
  /// What a run needs beside its scheduling.
  struct Plan {
    var runsFolder: String
    /// Cells at a time.
    var jobs: Int
    /// Threads for each; nil is 1, and idle cores go to the last cells.
    var threads: Int?
    /// Threads in all.
    var cores: Int
    /// Cores of the machine: more threads than these would only wait for each other.
    var hostCores: Int
    /// Cores that work at a time.
    var workingCores: Int { min(cores, hostCores) }
    /// Seconds of training between two checkpoints.
    var checkpointSeconds: Double
    /// The folder given by `--data`.
    var dataFolder: String?
    /// Whether every run of the table leaves its weights behind, whatever the study says.
    var keepsWeights: Bool
    /// How often a cell whose worker crashed is tried again.
    var retries: Int
    /// Whether the first failed cell ends the study.
    var failsFast: Bool
    /// Seconds after which the workers save their state and leave.
    var budgetSeconds: Double?
  }
}

import Study

/// How a study is to be run; nothing here changes a number in its table.
public struct RunOptions: Sendable {
  /// Where the result goes: `results/<study>/<profile>`.
  public var outFolder: String
  /// Where journal, checkpoints and logs live while the study runs: `runs/<study>/<profile>`.
  public var runsFolder: String
  /// Worker processes at a time; nil is as many as there are usable cores.
  public var jobs: Int?
  /// Threads per cell; nil is 1, and idle cores go to the last cells.
  public var threads: Int?
  /// The folder given by `--data`.
  public var dataFolder: String?
  /// Whether downloads are forbidden.
  public var offline = false
  /// Whether everything is trained again, whatever is found.
  public var fresh = false
  /// Whether every run of the table leaves its weights behind, whatever the config says.
  public var keepsWeights = false
  /// How often a cell whose worker crashed is tried again.
  public var retries = 1
  /// Whether the first failed cell ends the study.
  public var failsFast = false
  /// Which share of the cells this call prefers.
  public var shard: Shard?
  /// Which cells this call trains before the others.
  public var priority = CellPriority()
  /// Seconds after which the workers save their state and leave; nil is no limit.
  public var budgetSeconds: Double?
  /// Whether the final runs so far suffice; asked each time a trial of all rows is complete, from
  /// the third on. Nil trains all trials.
  public var suffices: (@Sendable ([RunRecord]) -> Bool)?
  /// Whether workers run at the lowest priority.
  public var isNice = false
  /// Seconds of training between two checkpoints of a cell; 0 writes one after every update.
  public var checkpointSeconds: Double = 60
  /// The program that is started as `<program> worker`; it stays the same build even if the file
  /// is replaced meanwhile.
  public var workerProgram = "/proc/self/exe"
  /// The program's version and commit as its user knows them, for example `0.1.0 (4f2c91a)`.
  public var build = "unknown"
  /// The command line, for the record.
  public var commandLine: [String] = []

  /// Options for a study with these two folders.
  public init(outFolder: String, runsFolder: String) {
    self.outFolder = outFolder
    self.runsFolder = runsFolder
  }
}

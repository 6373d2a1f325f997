import Engine
import Study

/// How a study is to be run; nothing here changes a number in its table.
package struct RunOptions: Sendable {
  /// Where the result goes: `results/<study>/<profile>`.
  package var outFolder: String
  /// Where journal, checkpoints and logs live while the study runs: `runs/<study>/<profile>`.
  package var runsFolder: String
  /// Worker processes at a time; nil is as many as there are usable cores.
  package var jobs: Int?
  /// Threads per cell; nil is 1, and idle cores go to the last cells.
  package var threads: Int?
  /// The folder given by `--data`.
  package var dataFolder: String?
  /// Whether downloads are forbidden.
  package var offline = false
  /// Whether everything is trained again, whatever is found.
  package var fresh = false
  /// Whether runs whose rows in runs.csv were edited or lost are trained again.
  package var retrainsDamaged = false
  /// Whether every run of the table leaves its weights behind, whatever the config says.
  package var keepsWeights = false
  /// How often a cell whose worker crashed is tried again.
  package var retries = 1
  /// Whether the first failed cell ends the study.
  package var failsFast = false
  /// Which share of the cells this call prefers.
  package var shard: Shard?
  /// Which cells this call trains before the others.
  package var priority = CellPriority()
  /// Seconds after which the workers save their state and leave; nil is no limit.
  package var budgetSeconds: Double?
  /// Whether the final runs so far suffice; asked each time a trial of all rows is complete, from
  /// the third on. Nil trains all trials.
  package var suffices: (@Sendable ([RunRecord]) -> Bool)?
  /// Whether workers run at the lowest priority.
  package var isNice = false
  /// Which kernels multiply in the workers.
  package var kernels = MatrixKernels.pinned
  /// Seconds of training between two checkpoints of a cell; 0 writes one after every update.
  package var checkpointSeconds: Double = 60
  /// The program that is started as `<program> worker`; it stays the same build even if the file
  /// is replaced meanwhile.
  package var workerProgram = "/proc/self/exe"
  /// The program's version and commit as its user knows them, for example `0.1.0 (4f2c91a)`.
  package var build = "unknown"
  /// The command line, for the record.
  package var commandLine: [String] = []

  /// Options for a study with these two folders.
  package init(outFolder: String, runsFolder: String) {
    self.outFolder = outFolder
    self.runsFolder = runsFolder
  }

  /// What the workers are started with.
  var workerOptions: [String] { (isNice ? ["--nice"] : []) + ["--kernels", kernels.rawValue] }
}

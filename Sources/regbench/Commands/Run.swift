import ArgumentParser
import Runner
import Study
import System

/// Trains what is missing of a study and prints its tables.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train what is missing of a study, write its tables and print them.",
    discussion: """
      Finished runs found in the result folder are not trained again, whoever trained them. Ctrl-C \
      (or SIGTERM, SIGHUP) lets each worker finish its batch and save its state; the same command \
      carries on from there. So does it after a crash. A second Ctrl-C stops at once.

      Tables go to standard output and into the result folder, results/<study>/<profile> unless \
      --out says otherwise; everything else that is said goes to standard error. With --set or \
      --only the default folder's name gets a hash, so that a changed study never takes the place \
      of another.

      The number of jobs and threads changes how long it takes, never what comes out.

      EXAMPLES:
        A reduced study on the embedded digits:
          regbench run configs/mnist-shakeout.json --profile smoke
        One row of a table, on two cores:
          regbench run configs/mnist-shakeout.json --only network=lenet,n=500
        The same row of the whole study, and as much of the rest as three hours allow:
          regbench run configs/mnist-shakeout.json --first network=lenet,n=500 --budget 3h
        For half an hour, with means of equally many runs:
          regbench run configs/mnist-shakeout.json --budget 30m
        One of four processes, or machines with one file system, that share a study:
          regbench run configs/mnist-shakeout.json --shard 0/4
        Elsewhere, for a program:
          regbench run my-study.json --out /tmp/mine --quiet --json
      """)

  @Argument(
    help: ArgumentHelp("The studies, one JSON file each.", valueName: "config"),
    completion: .file(extensions: ["json"]))
  var configs: [String]

  @OptionGroup var study: StudyOptions

  @Option(
    help: ArgumentHelp("The result folder; for a single config.", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Option(help: "Worker processes; by default, one for each usable core.")
  var jobs: Int?

  @Option(help: "Threads in each worker; by default 1, and idle cores help the last runs.")
  var threads: Int?

  @OptionGroup var data: DataFolderOption

  @Flag(help: "Never download a data set. REGBENCH_OFFLINE=1 does the same.")
  var offline = false

  @Flag(help: "Train everything again, whatever is found.")
  var fresh = false

  @Flag(
    help: """
      Train runs again whose rows in runs.csv are damaged, edited or lost, instead of stopping.
      """)
  var retrainDamaged = false

  @Flag(
    help: """
      Leave the weights of every run of the table in its folder below runs/, for `weights export`.
      """)
  var keepWeights = false

  @Option(
    help: ArgumentHelp(
      "How often a run whose worker crashed is tried again.", valueName: "times"))
  var retries = 1

  @Flag(help: "Stop after the first run that failed; what is finished is kept.")
  var failFast = false

  @Option(
    help: ArgumentHelp(
      """
      Prefer one share of the runs, for example 0/4, beside other processes or machines that work \
      in the same folder. Who has trained its share helps with the others.
      """, valueName: "i/n"))
  var shard: Shard?

  @Option(
    help: ArgumentHelp(
      """
      Train these runs before the others, for example network=lenet,n=500; may be repeated, the \
      most urgent first.
      """, valueName: "key=value,…"))
  var first: [String] = []

  @Option(
    help: ArgumentHelp(
      "Stop after this time, for example 90s, 30m or 8h, with the tables of what is finished.",
      valueName: "time"))
  var budget: TimeSpan?

  @Option(
    help: ArgumentHelp(
      """
      Train no more trials than it takes until the 95 % interval of every mean is this narrow, \
      for example ci=0.2 for ± 0.2.
      """, valueName: "ci=width"))
  var until: Precision?

  @Option(
    help: ArgumentHelp(
      "Training time between two checkpoints of a run; what a crash can cost.",
      valueName: "time"))
  var checkpointEvery = TimeSpan(seconds: 60)

  @Flag(help: "Say nothing but errors on standard error.")
  var quiet = false

  @Flag(help: "Print the tables as JSON.")
  var json = false

  @Flag(help: "Run the workers at the lowest priority.")
  var nice = false

  @OptionGroup var kernels: KernelsOption

  @Flag(help: "Tell every few seconds how far each run is, one line each.")
  var follow = false

  func validate() throws {
    guard out == nil || configs.count == 1 else {
      throw ValidationError("--out takes one config at a time")
    }
    for (name, value) in [("--jobs", jobs), ("--threads", threads)] where (value ?? 1) < 1 {
      throw ValidationError("\(name) must be at least 1")
    }
    guard retries >= 0 else { throw ValidationError("--retries must not be negative") }
    guard !(fresh && shard != nil) else {
      throw ValidationError(
        "--fresh would throw away what the other shards have done; use it once, without --shard")
    }
  }

  func run() throws {
    // Every config is read before anything is trained.
    let studies = try configs.map { try StudyCall(study.load($0), self) }
    var worst = ExitStatus.success
    let end = budget.map { MonotonicClock.seconds() + $0.seconds }
    for study in studies {
      let status = try study.run(seconds: end.map { max(0, $0 - MonotonicClock.seconds()) })
      if status == .interrupted || status == .stoppedAtOnce { throw status.exitCode }
      if worst == .success { worst = status }
    }
    if worst != .success { throw worst.exitCode }
  }
}

import ArgumentParser
import Runner
import Study

/// Where the result of `run` goes and what is said.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The result folder; for a single config.", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Flag(name: .shortAndLong, help: "Say nothing but errors on standard error.")
  var quiet = false

  @Flag(help: "Print the tables as JSON.")
  var json = false

  @Flag(help: "Tell every few seconds how far each run is, one line each.")
  var follow = false

  @Option(
    help: ArgumentHelp(
      "Append what happens to a file, one JSON object a line, for dashboards.",
      valueName: "file"), completion: .file())
  var events: String?

  @Flag(
    help: """
      Leave the weights of every run of the table in its folder below runs/, for `weights export`.
      """)
  var keepWeights = false
}

/// With what `run` works.
struct MachineOptions: ParsableArguments {
  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Worker processes; by default, one for each usable core.")
  var jobs: Int?

  @Option(help: "Threads in each worker; by default 1, and idle cores help the last runs.")
  var threads: Int?

  @Flag(help: "Run the workers at the lowest priority.")
  var nice = false

  @OptionGroup var kernels: KernelsOption

  @OptionGroup var data: DataFolderOption

  @Flag(help: "Never download a data set. REGBENCH_OFFLINE=1 does the same.")
  var offline = false

  func validate() throws {
    try ThreadsOption.check("--jobs", jobs)
    try ThreadsOption.check("--threads", threads)
  }
}

/// In which order `run` trains, and when it ends.
struct ExtentOptions: ParsableArguments {
  @Flag(
    name: [.customShort("n"), .long],
    help: "Print which runs would be trained, and how long they take; train nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Stop after this time, for example 90s, 30m or 8h, with the tables of what is finished.",
      valueName: "time"))
  var budget: TimeSpan?

  @Option(
    help: ArgumentHelp(
      """
      Train no more trials than it takes: until no cell is undecided (verdict), or until the 95 % \
      interval of every mean is this narrow, for example ci=0.2 for ± 0.2. The spread of the first \
      three trials decides how many, by Stein's two-stage rule; the study's number is the most.
      """, valueName: "verdict|ci=width"))
  var until: StoppingRule?

  @Option(
    help: ArgumentHelp(
      """
      Train these runs before the others, for example network=lenet,n=500; may be repeated, the \
      most urgent first.
      """, valueName: "key=value,…"),
    completion: Completions.filters)
  var first: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Prefer one share of the runs, for example 0/4, beside other processes or machines that work \
      in the same folder. Who has trained its share helps with the others.
      """, valueName: "i/n"))
  var shard: Shard?
}

/// What `run` does about runs that are there already, and about those that fail.
struct RecoveryOptions: ParsableArguments {
  @Flag(help: "Train everything again, whatever is found.")
  var fresh = false

  @Flag(
    help: """
      Train runs again whose rows in runs.csv are damaged, edited or lost, instead of stopping.
      """)
  var retrainDamaged = false

  @Option(
    help: ArgumentHelp(
      "How often a run whose worker crashed is tried again.", valueName: "times"))
  var retries = 1

  @Flag(help: "Stop after the first run that failed; what is finished is kept.")
  var failFast = false

  @Option(
    help: ArgumentHelp(
      "Training time between two checkpoints of a run; what a crash can cost.",
      valueName: "time"))
  var checkpointEvery = TimeSpan(seconds: 60)

  func validate() throws {
    try ThreadsOption.check("--retries", retries, 0...1000)
  }
}

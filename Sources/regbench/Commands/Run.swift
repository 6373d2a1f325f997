import ArgumentParser
import Runner
import Study
import System

/// Trains what is missing of a study and prints its tables.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train what is missing of a study, write its tables and print them.",
    discussion: """
      Finished runs found in the result folder are not trained again, whoever trained them; nor are \
      those of the study's other result folders, from which the same runs are taken. Ctrl-C \
      (or SIGTERM, SIGHUP) lets each worker finish its batch and save its state; the same command \
      carries on from there. So does it after a crash. A second Ctrl-C stops at once.

      Tables go to standard output and into the result folder, results/<study>/<profile> unless \
      --out says otherwise; everything else that is said goes to standard error. With --set, \
      --trials, --seed, --arms or --only the default folder's name gets a hash, so that a changed \
      study never takes the place of another.

      The number of jobs and threads changes how long it takes, never what comes out.

      EXAMPLES:
        A reduced study on the embedded digits:
          regbench run mnist-shakeout --profile smoke
        One row of a table, on two cores:
          regbench run mnist-shakeout --only network=lenet,n=500
        Which runs that would be, and how long they would take:
          regbench run mnist-shakeout --only network=lenet,n=500 -n
        The row of the whole study, and as much of the rest as fits:
          regbench run mnist-shakeout --first network=lenet,n=500 --budget 3h
        Two methods at three learning rates, with another seed:
          regbench run quickstart --arms std-BP,Dropout --seed 2 \\
            --set training.learningRate.base=0.003,0.01,0.03
        One of four processes, or machines with one file system:
          regbench run mnist-shakeout --shard 0/4
        Elsewhere, for a program:
          regbench run my-study.json --out /tmp/mine --quiet --json
      """)

  @Argument(
    help: ArgumentHelp(
      "The studies: JSON files, or names of those in configs/.", valueName: "config"),
    completion: Completions.configs)
  var configs: [String]

  @OptionGroup(title: "Which study") var study: StudyOptions
  @OptionGroup(title: "How much of it") var extent: ExtentOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Machine") var machine: MachineOptions
  @OptionGroup(title: "Finished and failed runs") var recovery: RecoveryOptions

  func validate() throws {
    guard output.out == nil || configs.count == 1 else {
      throw ValidationError("--out takes one config at a time")
    }
    guard !(recovery.fresh && extent.shard != nil) else {
      throw ValidationError(
        "--fresh would throw away what the other shards have done; use it once, without --shard")
    }
  }

  func run() throws {
    // Every config is read before anything is trained.
    let specs = try configs.map { try study.load($0) }
    let events =
      try extent.dryRun
      ? nil : output.events.map { try EventLog($0) { StandardStreams.talk($0) } }
    let studies = try specs.map { try StudyCall($0, self, events: events) }
    if extent.dryRun {
      for study in studies { try study.preview() }
      return
    }
    var worst = ExitStatus.success
    let end = extent.budget.map { MonotonicClock.seconds() + $0.seconds }
    for study in studies {
      let status = try study.run(seconds: end.map { max(0, $0 - MonotonicClock.seconds()) })
      if status == .interrupted || status == .stoppedAtOnce { throw status.exitCode }
      if worst == .success { worst = status }
    }
    if worst != .success { throw worst.exitCode }
  }
}

import ArgumentParser
import Canonical
import Durable
import Report
import Runner
import Study

/// Says what a study will take before it is begun.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Estimate what a study takes: runs, operations, time, memory and disk.",
    discussion: """
      A few updates of every kind of cell are timed on generated images, on digits for MNIST, as many \
      at a time as there will be workers, within 2 GB of memory; the study itself is not touched. \
      The times are those of a machine that does nothing else: a busy one is noticed by its \
      processor time and corrected for. Counts are upper bounds where the selection of \
      hyper-parameters leaves candidates out. `regbench status` shows afterwards how good the \
      estimate was.

      EXAMPLES:
        A study in its reduced form:
          regbench plan mnist-shakeout --profile desk
        All studies, measured for five seconds each:
          regbench plan configs/*.json --calibration 5s
      """)

  @Argument(
    help: ArgumentHelp(
      "The studies: JSON files, or names of those in configs/.", valueName: "config"),
    completion: Completions.configs)
  var configs: [String]

  @OptionGroup var study: StudyOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The result folder, as for `run`; for a single config.", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Worker processes; by default, one for each usable core.")
  var jobs: Int?

  @Option(
    help: ArgumentHelp("How long to measure, roughly, for each study.", valueName: "time"))
  var calibration = TimeSpan(seconds: 20)

  @Flag(
    help: """
      Say instead, from the first three trials of the recorded runs, how many trials `run --until \
      verdict` takes until no cell is undecided.
      """)
  var verdict = false

  @Flag(help: "Print JSON.")
  var json = false

  private static let longestCalibration = 3600.0

  func validate() throws {
    try ThreadsOption.check("--jobs", jobs)
    guard calibration.seconds <= Self.longestCalibration else {
      throw ValidationError(
        "--calibration must be at most \(Quantities.duration(Self.longestCalibration))")
    }
    guard out == nil || configs.count == 1 else {
      throw ValidationError("--out takes one config at a time")
    }
  }

  func run() throws {
    if verdict { return try planVerdicts() }
    var plans: [JSONValue] = []
    for config in configs {
      let spec = try study.load(config)
      let plan = try Calibration(
        jobs: jobs ?? HostFacts.current.cores, seconds: calibration.seconds
      ).plan(spec.upperBound)
      keep(plan, in: StudyFolders(spec, out: out).runs)
      if json {
        plans.append(
          .object([.init("study", .string(spec.folder))] + (plan.json.members ?? [])))
      } else {
        try StandardStreams.product(PlanText.text(plan, title: spec.folder))
      }
    }
    if json { try StandardStreams.product(JSONValue.array(plans).prettyText) }
  }

  /// Keeps a plan for `status`. The estimate is worth printing where that is not possible, too.
  private func keep(_ plan: StudyPlan, in folder: String) {
    do throws(FileError) { try plan.write(to: folder) } catch {
      StandardStreams.talk("`regbench status` will not know of this estimate: \(error.message)")
    }
  }

  private func planVerdicts() throws {
    for config in configs {
      let spec = try study.load(config)
      guard spec.judgesCells else {
        throw Failure(.usage, "no cell of \"\(spec.folder)\" is judged")
      }
      let folder = ResultFolder(StudyFolders(spec, out: out).result)
      let cells = TrialsNeeded.cells(spec, try folder.records(), by: .verdict)
      guard cells.contains(where: { $0.need != .unfinished }) else {
        throw Failure(
          .missing,
          "\(folder.path) does not have the first \(StoppingRule.firstStage) trials of any cell yet",
          advice: "`regbench run` trains them; their spread says how many are needed")
      }
      try StandardStreams.product(
        json ? VerdictPlan(spec, cells).json.prettyText : VerdictPlan(spec, cells).text)
    }
  }
}

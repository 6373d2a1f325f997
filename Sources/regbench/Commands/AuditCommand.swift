import ArgumentParser
import Durable
import Engine
import Report
import Runner
import Study
import System

/// Trains a sample of the recorded runs again.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Train a random sample of the recorded runs again, and say what that proves.",
    discussion: """
      Every bit of weights, errors, measures and series is compared, as by `replay`. The outcome is \
      kept in audits.json beside the results, whatever it is, and shown on the page; records are not \
      changed. Runs of another arithmetic (OpenBLAS core, or an earlier version of the engine) round \
      differently, so they are not drawn.

      The sample is drawn anew by each audit, so that whoever altered runs cannot have known which \
      would be drawn. What it was drawn by is printed and kept, and --seed draws it again.

      Ends with 2 if a run does not come out as it is recorded.

      EXAMPLES:
        Five runs, drawn at random:
          regbench audit results/drop-activation-regression/desk
        Twenty others:
          regbench audit results/mnist-shakeout/desk --runs 20
      """)

  @Argument(help: ArgumentHelp("The study's folder.", valueName: "dir"))
  var folder: ResultPlace

  @Option(help: "How many runs are drawn.")
  var runs = 5

  @Option(
    help: ArgumentHelp(
      "What they are drawn by, to draw an earlier audit's runs again; else nobody knows it before.",
      valueName: "n"))
  var seed: Int?

  @Flag(help: "Train all recorded runs again.")
  var all = false

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var kernels: KernelsOption

  @OptionGroup var data: DataFolderOption

  @Flag(help: "Never download a data set.")
  var offline = false

  func validate() throws {
    guard runs >= 1 else { throw ValidationError("--runs must be at least 1") }
  }

  func run() throws {
    CPU.use(kernels.kernels)
    let recorded = try RecordedStudy(folder.folder())
    let records = try recorded.records()
    let arithmetic = try Arithmetic.current()
    let comparable = records.filter { $0.arithmetic == arithmetic }
    guard !comparable.isEmpty else {
      throw Self.incomparable(recorded, records.first, arithmetic)
    }
    let seed = seed ?? Int(UInt32.random(in: 0...UInt32.max))
    if !all { StandardStreams.talk("drawn by --seed \(seed)") }
    let drawn = Audit.sample(comparable, count: all ? comparable.count : runs, seed: seed)
    let parent = recorded.runs?.path ?? StudyFolders(recorded.study, out: recorded.folder).runs
    var audited: [Audit.Run] = []
    for (number, record) in drawn.enumerated() {
      let differences = try differences(record, recorded.study, records, below: parent)
      audited.append(Audit.Run(id: record.id, differences: differences))
      let result =
        differences.isEmpty ? "same" : "not the same: \(differences.joined(separator: "; "))"
      try StandardStreams.product("\(number + 1)/\(drawn.count) \(record.id): \(result)\n")
    }
    let audit = Audit(
      date: Timestamp.now, build: "\(Version.number) (\(Version.build))", seed: all ? nil : seed,
      comparable: comparable.count, recorded: records.count, runs: audited)
    try ResultFolder(recorded.folder).add(audit)
    try StandardStreams.product("\(audit.sentence)\n")
    guard audit.isSame else { throw ExitStatus.comparisonFailed.exitCode }
  }

  /// Why no run can be compared bit by bit.
  private static func incomparable(
    _ recorded: RecordedStudy, _ first: RunRecord?, _ ours: Arithmetic
  ) -> Failure {
    guard let first else { return Failure(.missing, "\(recorded.folder) holds no run yet") }
    let theirs = first.arithmetic
    return Failure(
      .missing,
      "no run in \(recorded.folder) was rounded as this program rounds here, so no bits can be "
        + "compared: they are of \(theirs.words), here are \(ours.words)",
      advice: theirs.earlierRevision == nil
        ? "audit it on the machine that trained it, or one like it; `--kernels fastest` may give its kernels"
        : "an earlier version trained them (build \(first.build)): audit them with that, or train them "
          + "again with `regbench run … --fresh`")
  }

  private func differences(
    _ record: RunRecord, _ study: StudySpec, _ records: [RunRecord], below parent: String
  ) throws -> [String] {
    guard let replay = try Replay(record, of: study, records: records) else {
      return ["its id belongs to no run of the study"]
    }
    StandardStreams.talk("\(replay.cell.name) (\(record.id))")
    let findings = try replay.run(
      below: parent, threads: threads.threads, data: data.locator(offline: offline),
      say: StandardStreams.talk)
    return findings.filter { !$0.isSame }.map {
      "\($0.name) recorded \($0.recorded), now \($0.now)"
    }
  }
}

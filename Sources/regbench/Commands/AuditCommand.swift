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
      changed. Runs of another arithmetic (OpenBLAS core or engine) round differently, so they are \
      not drawn.

      Ends with 2 if a run does not come out as it is recorded.

      EXAMPLES:
        Five runs, drawn at random:
          regbench audit results/drop-activation-regression
        Twenty others:
          regbench audit results/mnist-shakeout --runs 20 --seed 2
      """)

  @Argument(help: ArgumentHelp("The study's folder.", valueName: "dir"))
  var folder: ResultPlace

  @Option(help: "How many runs are drawn.")
  var runs = 5

  @Option(help: "What they are drawn by.")
  var seed = 1

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
      let first = records.first.map { " (\($0.arithmetic.text))" } ?? ""
      throw Failure(
        .missing, "no run in \(recorded.folder) is of this machine's arithmetic\(first)",
        advice: "audit it on the machine that trained it, or one like it")
    }
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

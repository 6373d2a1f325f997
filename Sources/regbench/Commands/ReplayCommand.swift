import ArgumentParser
import Durable
import Engine
import Runner

/// Trains a recorded run again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Train a recorded run again and compare every bit of it.",
    discussion: """
      DIR is the study's result folder, RUN the beginning of the run's id in its runs.csv. Ends with \
      0 if weights and errors come out the same bits, with 2 otherwise. Records are not changed. \
      Another arithmetic (OpenBLAS core or engine) rounds differently: then both results are \
      printed, and different bits are no failure.

      EXAMPLES:
        A run by the beginning of its id:
          regbench replay results/drop-activation-regression/desk 228b
      """)

  @Argument(help: ArgumentHelp("The study's folder.", valueName: "dir"))
  var folder: ResultPlace

  @Argument(help: ArgumentHelp("The beginning of a run's id.", valueName: "run"))
  var wanted: String

  @OptionGroup var threads: ThreadsOption

  @OptionGroup var data: DataFolderOption

  @Flag(help: "Never download a data set.")
  var offline = false

  @Flag(
    help: """
      Leave the weights, if they are the recorded ones, in the run's folder below runs/, for \
      `weights export`.
      """)
  var keepWeights = false

  @OptionGroup var kernels: KernelsOption

  func run() throws {
    CPU.use(kernels.kernels)
    let recorded = try RecordedStudy(folder.folder())
    let records = try recorded.records()
    guard let record = Replay.record(wanted, among: records) else {
      throw Failure.run(wanted, among: records.map(\.id), in: "\(recorded.folder)/runs.csv")
    }
    guard let replay = try Replay(record, of: recorded.study, records: records) else {
      throw Failure.comparison(
        "run \(record.id) cannot be made again by this build",
        advice: "its id is of another study, or of other data; it was made by build \(record.build)"
      )
    }
    StandardStreams.talk("\(replay.cell.name) (\(record.id)), trained by build \(record.build)")
    let parent = recorded.runs?.path ?? StudyFolders(recorded.study, out: recorded.folder).runs
    let findings = try replay.run(
      below: parent, threads: threads.threads, data: data.locator(offline: offline),
      keepsWeights: keepWeights, say: StandardStreams.talk)
    for finding in findings {
      let text =
        finding.isSame ? "same: \(finding.now)" : "recorded \(finding.recorded), now \(finding.now)"
      try StandardStreams.product("\(finding.name): \(text)\n")
    }
    guard findings.contains(where: { !$0.isSame }) else { return }
    guard try replay.isOfThisArithmetic() else {
      return StandardStreams.talk(
        "the run was trained in another arithmetic (\(record.arithmetic.words)), which rounds "
          + "differently: the bits are not compared"
          + (record.openBLASCore == CPU.openBLASCore
            ? "" : "; `--kernels fastest` may give that arithmetic on such a processor"))
    }
    throw ExitStatus.comparisonFailed.exitCode
  }
}

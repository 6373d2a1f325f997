import ArgumentParser
import Durable
import Report
import Runner

/// Prints what a run's worker said.
struct Logs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the log of a run: what its worker said on standard error.",
    discussion: """
      DIR is the study's result folder or its folder below runs/. RUN is the beginning of the run's \
      id, as runs.csv, `regbench status` and failures show it. Without RUN the runs with a log are \
      listed.

      EXAMPLES:
        Of a study that was trained here, the runs with a log, and one of them:
          regbench run quickstart
          regbench logs results/quickstart
          regbench logs results/quickstart 0f3a
      """)

  @Argument(help: ArgumentHelp("The study's folder.", valueName: "dir"))
  var folder: ResultPlace

  @Argument(help: ArgumentHelp("The beginning of a run's id.", valueName: "run"))
  var wanted: String?

  func run() throws {
    let folder = try folder.folder()
    let runs = try RecordedStudy(folder).needingRuns()
    let known = runs.ids.filter { FileContents.exists(runs.log(of: $0)) }
    guard let wanted else {
      let lines = known.map { id in
        let size = FileContents.identity(of: runs.log(of: id))?.size ?? 0
        return "\(id)  \(Quantities.count(size, "byte"))  \(runs.log(of: id))\n"
      }
      return try StandardStreams.product(lines.joined())
    }
    let matches = known.filter { $0.hasPrefix(wanted) }
    guard let id = matches.first, matches.count == 1 else {
      throw Failure.run(
        wanted, among: known, in: runs.path,
        advice: "`regbench logs \(folder)` lists those with a log")
    }
    let bytes = try FileContents.read(runs.log(of: id))
    try StandardStreams.product(String(decoding: bytes, as: UTF8.self))
  }
}

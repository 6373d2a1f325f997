import ArgumentParser
import Durable
import Report
import Runner

/// Removes what no run needs any more.
struct Clean: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove folders of runs that the study no longer has.",
    discussion: """
      A config that was changed leaves the folders of its old runs behind, with checkpoints and \
      logs. They are listed, the largest first, and removed with --yes. --finished adds those of \
      finished runs, which hold a log and a learning curve but nothing that a table needs. Runs \
      that a process works on are left alone, and results are never touched.

      EXAMPLES:
        Of a study that was trained here, what could be removed, and its removal:
          regbench run quickstart
          regbench clean results/quickstart --finished
          regbench clean results/quickstart --finished --yes
      """)

  @Argument(help: ArgumentHelp("The study's folder.", valueName: "dir"))
  var folder: ResultPlace

  @Flag(help: "Folders of finished runs, too.")
  var finished = false

  @Flag(help: "Remove them.")
  var yes = false

  func run() throws {
    let runs = try RecordedStudy(folder.folder()).needingRuns()
    let unneeded = try runs.unneededFolders(includingFinished: finished)
    if !unneeded.isEmpty {
      let rows = unneeded.map {
        [$0.path, Quantities.bytes($0.bytes), $0.reason]
      }
      try StandardStreams.product(
        TextRenderer.text(
          [
            .table(Table(header: ["folder", "size", "why"], rows: rows, words: [2]))
          ], width: nil))
    }
    let total = unneeded.reduce(0) { $0 + $1.bytes }
    let what =
      "\(Quantities.count(unneeded.count, "folder")), \(Quantities.bytes(total))"
    guard yes, !unneeded.isEmpty else {
      return StandardStreams.talk(
        unneeded.isEmpty ? "nothing to remove" : "\(what); --yes removes")
    }
    for item in unneeded { try Folder.remove(item.path) }
    StandardStreams.talk("removed \(what)")
  }
}

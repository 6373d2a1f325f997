import ArgumentParser
import Durable
import Report
import Study

/// Writes the page of a study, or of all of them.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a result folder as one HTML page, or the index of all results.",
    discussion: """
      With a result folder, for example results/mnist-shakeout/smoke, its page is written to \
      report.html in it: tables with verdicts, figures, claims, selections, deviations, every run, \
      where the numbers come from and how to make them again. The page needs nothing beside itself.

      With a folder of them, for example results, each gets its page, and report.html becomes the \
      index: what each study says in a line, and which rows are finished. The index also goes into \
      README.md there, between the lines that mark its place; a README.md without them is left alone.

      Nothing is trained. Standard output names the page.

      EXAMPLES:
        One study:
          regbench report results/mnist-shakeout/smoke
        All of them:
          regbench report results
        Elsewhere:
          regbench report results/mnist-shakeout/paper --out /tmp/shakeout.html
      """)

  @Argument(
    help: ArgumentHelp("The result folder, or a folder of them.", valueName: "dir"),
    completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("Where the page goes; for a single study.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var out: String?

  func run() throws {
    let result = ResultFolder(folder)
    if result.isThere {
      let page = out ?? PathName.join(folder, Self.pageName)
      try write(try result.everything(), to: page)
      return try StandardStreams.product("\(page)\n")
    }
    let results = ResultsFolder(folder)
    let entries = FileContents.identity(of: folder)?.isFolder == true ? try results.entries() : []
    guard !entries.isEmpty else {
      // Says what is missing, as the other commands on a result folder do.
      _ = try result.study()
      return
    }
    guard out == nil else {
      throw Failure(.usage, "--out takes one study at a time, and \(folder) holds several")
    }
    try writeAll(entries, of: results)
  }

  private func writeAll(_ entries: [ResultsFolder.Entry], of results: ResultsFolder) throws {
    var worst: Failure?
    for entry in entries {
      switch entry.study {
      case .success(let study):
        try write(study, to: PathName.join(study.folder, Self.pageName))
      case .failure(let problem):
        let failure = Failure(problem)
        StandardStreams.talk("\(entry.name) is left out:\n\(failure.text)")
        worst = worst ?? failure
      }
    }
    let page = PathName.join(folder, Self.pageName)
    try AtomicFile.write(IndexPage(entries, folder: folder).html, to: page)
    let hasPlace = try results.writeMarkdown(entries)
    if !hasPlace {
      StandardStreams.talk(
        "\(PathName.join(folder, "README.md")) has no place for the index and is left alone")
    }
    try StandardStreams.product("\(page)\n")
    if let worst { throw worst.status.exitCode }
  }

  private func write(_ study: StudyRecords, to page: String) throws {
    try AtomicFile.write(StudyPage(study).html, to: page)
  }

  private static let pageName = "report.html"
}

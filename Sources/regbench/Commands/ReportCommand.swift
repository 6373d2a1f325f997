import ArgumentParser
import Durable
import Glibc
import Report
import Runner
import Study
import System

/// Writes the page of a study, or of all of them.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a result folder as one HTML page, or the index of all results.",
    discussion: """
      With a result folder, for example results/mnist-shakeout/desk, its page is written to \
      report.html in it: tables with verdicts, figures, claims, selections, deviations, every run, \
      where the numbers come from and how to make them again. The page needs nothing beside itself.

      With a folder of them, for example results, each gets its page, and report.html becomes the \
      index: what each study says in a line, and which rows are finished. The index also goes into \
      README.md there, between the lines that mark its place; a README.md without them is left alone.

      Nothing is trained. Standard output names the page. With --watch the page of a study that is \
      being trained is written anew whenever a run has finished, and reads itself again in the \
      browser, until all runs are done or you press Ctrl-C.

      EXAMPLES:
        One study:
          regbench report results/mnist-shakeout/desk
        All of them:
          regbench report results
        A study while it runs, from another terminal:
          regbench report results/mnist-shakeout/desk --watch --open
        Elsewhere:
          regbench report results/mnist-shakeout/paper --out /tmp/shakeout.html
      """)

  @Argument(
    help: ArgumentHelp("The result folder, or a folder of them.", valueName: "dir"))
  var place: ResultPlace

  @Option(
    help: ArgumentHelp("Where the page goes; for a single study.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var out: String?

  @Flag(help: "Open the page in the browser.")
  var open = false

  @Flag(help: "Write the page anew whenever a run of the study has finished.")
  var watch = false

  func run() throws {
    let folder = try place.folder()
    if watch { return try follow(folder) }
    let result = ResultFolder(folder)
    if result.isThere {
      let page = out ?? PathName.join(folder, Self.pageName)
      try write(try result.everything(), to: page)
      try StandardStreams.product("\(page)\n")
      return try show(page)
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
    try writeAll(entries, of: results, in: folder)
  }

  private func writeAll(
    _ entries: [ResultsFolder.Entry], of results: ResultsFolder, in folder: String
  ) throws {
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
    try show(page)
    if let worst { throw worst.status.exitCode }
  }

  private func write(_ study: StudyRecords, to page: String) throws {
    try AtomicFile.write(StudyPage(study).html, to: page)
  }

  /// Opens a page in the browser, if that is asked for.
  private func show(_ page: String) throws {
    guard open else { return }
    let settings = ChildProcess.Settings(input: nil, output: STDERR_FILENO, errors: STDERR_FILENO)
    var problem: String?
    do throws(ChildProcess.StartError) {
      let ending = try ChildProcess("xdg-open", ["xdg-open", page], settings).wait()
      if ending != .exited(code: 0) { problem = "xdg-open, which knows the browser, has failed" }
    } catch {
      problem = "xdg-open cannot be started: \(SystemCall.reason(error.code))"
    }
    guard let problem else { return }
    throw Failure(
      .unavailable, "cannot open the page: \(problem)", advice: "open \(page) in a browser")
  }

  /// How often the journal of a running study is looked at, and its page read again.
  private static let (lookSeconds, refreshSeconds): (UInt32, Int) = (2, 5)

  /// Writes a running study's page whenever a run has finished, until all are done.
  private func follow(_ folder: String) throws {
    let recorded = try RecordedStudy(folder)
    let runs = try recorded.needingRuns()
    let page = out ?? PathName.join(recorded.folder, Self.pageName)
    if out == nil { try Folder.create(recorded.folder) }
    var shown: Int?
    while true {
      let study = StudyRecords.inProgress(
        recorded.study, folder: recorded.folder, runs: try runs.finishedRuns())
      if study.records.count != shown {
        let refresh = study.isComplete ? nil : Self.refreshSeconds
        try AtomicFile.write(StudyPage(study, refreshSeconds: refresh).html, to: page)
        if shown == nil {
          try StandardStreams.product("\(page)\n")
          try show(page)
        }
        shown = study.records.count
      }
      if study.isComplete { return }
      sleep(Self.lookSeconds)
    }
  }

  private static let pageName = "report.html"
}

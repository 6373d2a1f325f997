import Report
import Runner
import Study

/// One study of a call of `run`: trains what is missing, writes the tables, prints them.
struct StudyCall {
  private let study: StudySpec
  private let command: Run
  private let folders: StudyFolders

  init(_ study: StudySpec, _ command: Run) {
    self.study = study
    self.command = command
    folders = StudyFolders(study, out: command.out)
  }

  /// - Returns: how it ended.
  /// - Throws: `Failure` where it could not be run at all.
  func run() throws -> ExitStatus {
    let display = ProgressDisplay(
      title: study.folder, style: command.quiet ? .quiet : .fitting(.standardError),
      sentences: RunSentences(smallerProfiles: study.smallerProfiles))
    for warning in study.warnings { say(warning.message) }
    let summary: RunSummary
    do {
      defer { display.clear() }
      summary = try StudyRunner(study, options, observer: display).run()
    }
    switch summary.outcome {
    case .killed: return .stoppedAtOnce
    case .interrupted:
      StandardStreams.talk(
        "stopped; \(Quantities.count(summary.missing, "run")) missing. To carry on, type")
      StandardStreams.talk("  \(ResumeCommand.text)")
      return .interrupted
    case .complete: break
    }
    if summary.trained == 0, summary.failures.isEmpty {
      let count = Quantities.count(summary.records.count, "run")
      say("nothing to train: all \(count) of \(folders.result) are finished (--fresh trains again)")
    }
    try publish(summary.records)
    return summary.failures.isEmpty ? .success : .cellsFailed
  }

  private var options: RunOptions {
    var options = RunOptions(outFolder: folders.result, runsFolder: folders.runs)
    options.jobs = command.jobs
    options.threads = command.threads
    options.dataFolder = command.data.folder
    options.offline = command.offline
    options.fresh = command.fresh
    options.keepsWeights = command.keepWeights
    options.isNice = command.nice
    options.build = "\(Version.number) (\(Version.build))"
    options.commandLine = CommandLine.arguments
    return options
  }

  private func publish(_ records: [RunRecord]) throws {
    let table = ResultTable(study: study, records: records)
    try ResultFolder(folders.result).write(table)
    try StandardStreams.product(command.json ? JSONExport.text(table) : TerminalExport.text(table))
    say("tables written to \(folders.result)")
  }

  private func say(_ sentence: String) {
    if !command.quiet { StandardStreams.talk(sentence) }
  }
}

extension StudySpec {
  /// Profiles that take less time than this one.
  fileprivate var smallerProfiles: [String] {
    let bySize = [StudyOptions.asWritten, "desk", "smoke"]
    guard let own = bySize.firstIndex(of: profile) else { return [] }
    return bySize[(own + 1)...].filter { profiles.contains($0) }
  }
}

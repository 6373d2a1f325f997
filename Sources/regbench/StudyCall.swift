import Report
import Runner
import Study

/// One study of a call of `run`: trains what is missing, writes the tables, prints them.
struct StudyCall {
  private let study: StudySpec
  private let command: Run
  private let folders: StudyFolders
  private let priority: CellPriority

  /// - Throws: `Failure` where `--first` names what the study does not have.
  init(_ study: StudySpec, _ command: Run) throws(Failure) {
    switch study.priority(command.first) {
    case .success(let priority): self.priority = priority
    case .failure(let problems): throw Failure(problems)
    }
    self.study = study
    self.command = command
    folders = StudyFolders(study, out: command.out)
  }

  /// - Parameter seconds: what is left of the budget; nil is no limit.
  /// - Returns: how it ended.
  /// - Throws: `Failure` where it could not be run at all.
  func run(seconds: Double?) throws -> ExitStatus {
    let display = ProgressDisplay(
      title: study.folder, style: style,
      sentences: RunSentences(smallerProfiles: study.smallerProfiles))
    for warning in study.warnings { say(warning.message) }
    let summary: RunSummary
    do {
      defer { display.clear() }
      summary = try StudyRunner(study, options(seconds), observer: display).run()
    }
    switch summary.outcome {
    case .killed: return .stoppedAtOnce
    case .interrupted:
      StandardStreams.talk(
        "stopped; \(Quantities.count(summary.missing, "run")) missing. To carry on, type")
      StandardStreams.talk("  \(ResumeCommand.text)")
      return .interrupted
    case .outOfBudget:
      let table = try publish(summary)
      say("the time is up; \(Quantities.count(summary.missing, "run")) missing. To go on, type")
      say("  \(ResumeCommand.text)")
      if !summary.failures.isEmpty { return .cellsFailed }
      return table.equalCount == nil ? .interrupted : .success
    case .failedFast:
      say("stopped after the first failure, as --fail-fast asks for")
    case .complete: break
    }
    if summary.trained == 0, summary.failures.isEmpty {
      let count = Quantities.count(summary.runs.count, "run")
      say("nothing to train: all \(count) of \(folders.result) are finished (--fresh trains again)")
    }
    if !summary.runs.isEmpty || summary.failures.isEmpty { try publish(summary) }
    return summary.failures.isEmpty ? .success : .cellsFailed
  }

  private func options(_ seconds: Double?) -> RunOptions {
    var options = RunOptions(outFolder: folders.result, runsFolder: folders.runs)
    options.jobs = command.jobs
    options.threads = command.threads
    options.dataFolder = command.data.folder
    options.offline = command.offline
    options.fresh = command.fresh
    options.retrainsDamaged = command.retrainDamaged
    options.keepsWeights = command.keepWeights
    options.isNice = command.nice
    options.kernels = command.kernels.kernels
    options.retries = command.retries
    options.failsFast = command.failFast
    options.shard = command.shard
    options.priority = priority
    options.budgetSeconds = seconds
    options.checkpointSeconds = command.checkpointEvery.seconds
    if let precision = command.until {
      options.suffices = { [study] records in
        precision.isReached(by: ResultTable(study: study, records: records))
      }
    }
    options.build = "\(Version.number) (\(Version.build))"
    options.commandLine = CommandLine.arguments
    return options
  }

  /// Writes and prints the tables of all that is recorded by now.
  @discardableResult
  private func publish(_ summary: RunSummary) throws -> ResultTable {
    let folder = ResultFolder(folders.result)
    var records = summary.records
    var series = SeriesRun.byName(summary.runs)
    var table = ResultTable(study: study, records: records)
    while true {
      try folder.write(table)
      try folder.write(FigureSet(study: study, records: records, series: series))
      // Another process may have recorded more meanwhile, and written its tables before these.
      if records.isEmpty || folder.holds(records, axes: study.axes.map(\.key)) { break }
      let runs = try folder.finishedRuns().runs
      records = runs.map(\.record)
      series = SeriesRun.byName(runs)
      table = ResultTable(study: study, records: records)
    }
    try StandardStreams.product(command.json ? JSONExport.text(table) : TextRenderer.text(table))
    say("tables written to \(folders.result)")
    return table
  }

  private var style: ProgressDisplay.Style {
    if command.quiet { return .quiet }
    return command.follow ? .following : .fitting(.standardError)
  }

  private func say(_ sentence: String) {
    if !command.quiet { StandardStreams.talk(sentence) }
  }
}

extension StudySpec {
  /// Profiles that take less time than this one.
  fileprivate var smallerProfiles: [String] {
    let bySize = [ProfilePatch.asWritten, "desk", "smoke"]
    guard let own = bySize.firstIndex(of: profile) else { return [] }
    return bySize[(own + 1)...].filter { profiles.contains($0) }
  }
}

import Canonical
import Report
import Runner
import Study

/// One study of a call of `run`: trains what is missing, writes the tables, prints them.
struct StudyCall {
  private let study: StudySpec
  private let command: Run
  private let folders: StudyFolders
  private let priority: CellPriority
  private let events: EventLog?

  /// - Parameter events: where events go; all studies of a call have one.
  /// - Throws: `Failure` where `--first` names what the study does not have.
  init(_ study: StudySpec, _ command: Run, events: EventLog?) throws(Failure) {
    switch study.priority(command.extent.first) {
    case .success(let priority): self.priority = priority
    case .failure(let problems): throw Failure(problems)
    }
    var study = study
    study.stopping = command.extent.until
    if command.extent.until == .verdict, !study.judgesCells {
      throw Failure(
        .usage,
        "no cell of \"\(study.folder)\" is judged, so --until verdict has nothing to wait for",
        advice: "--until ci=0.2 trains until every mean is known within ± 0.2")
    }
    self.study = study
    self.command = command
    self.events = events
    folders = StudyFolders(study, out: command.output.out)
  }

  /// - Parameter seconds: what is left of the budget; nil is no limit.
  /// - Returns: how it ended.
  /// - Throws: `Failure` where it could not be run at all.
  func run(seconds: Double?) throws -> ExitStatus {
    let display = ProgressDisplay(
      title: study.folder, style: style,
      sentences: RunSentences(smallerProfiles: study.smallerProfiles))
    if let warnings = study.warningText { say(warnings) }
    events?.study = study.folder
    let summary: RunSummary
    do {
      defer { display.clear() }
      summary = try StudyRunner(
        study, options(seconds), observer: RunObservers([display] + [events].compactMap(\.self))
      ).run()
      events?.ended(summary)
    } catch {
      events?.failed(Failure(error).text)
      throw error
    }
    switch summary.outcome {
    case .killed:
      let kept = Quantities.count(summary.runs.count, "finished run")
      StandardStreams.talk(
        "stopped at once; \(kept) kept, and those in training go on from their last checkpoint. "
          + "To carry on, type")
      StandardStreams.talk("  \(ResumeCommand.text)")
      return .stoppedAtOnce
    case .interrupted:
      StandardStreams.talk(
        "stopped; \(Quantities.count(summary.missing, "run")) missing. To carry on, type")
      StandardStreams.talk("  \(ResumeCommand.text)")
      return .interrupted
    case .outOfBudget:
      let isEven = try !summary.runs.isEmpty && publish(summary).equalCount != nil
      say("the time is up; \(Quantities.count(summary.missing, "run")) missing. To go on, type")
      say("  \(ResumeCommand.text)")
      if !summary.failures.isEmpty { return .cellsFailed }
      return isEven ? .success : .interrupted
    case .failedFast:
      say("stopped after the first failure, as --fail-fast asks for")
    case .complete: break
    }
    if summary.trained == 0, summary.failures.isEmpty {
      let count = summary.runs.count
      let all = count == 1 ? "the run" : "all \(DecimalText.grouped(count)) runs"
      say(
        "nothing to train: \(all) of \(folders.result) \(count == 1 ? "is" : "are") finished (--fresh "
          + "trains again)")
    }
    // Tables without records would be taken for somebody else's.
    if !summary.runs.isEmpty {
      sayWhatNext(summary, try publish(summary))
    }
    return summary.failures.isEmpty ? .success : .cellsFailed
  }

  /// The commands that look at the result.
  private func sayWhatNext(_ summary: RunSummary, _ table: ResultTable) {
    let folder = folders.result
    var next = (table.nothingToCompare == nil ? [["compare", folder]] : []) + [["report", folder]]
    if let row = study.rows.first {
      let axes = row.axes.map { "\(Axis.shortName(of: $0.key))=\($0.value)" }
      let place = (["\(CellFilter.arm)=\(row.arm)"] + axes).joined(separator: ",")
      next.append(["table", folder, "--explain", place])
    }
    if let failed = summary.failures.first { next.insert(["logs", folder, failed.id], at: 0) }
    say("next:")
    for words in next { say("  \(ShellWord.line(["regbench"] + words))") }
  }

  /// Prints which runs would be trained, and how long they take; trains nothing and writes nothing.
  func preview() throws {
    let display = ProgressDisplay(
      title: study.folder, style: .quiet, sentences: RunSentences(smallerProfiles: []))
    if let warnings = study.warningText { say(warnings) }
    var options = options(nil)
    options.offline = true
    let preview = try StudyRunner(study, options, observer: display).preview()
    try StandardStreams.product(
      command.output.json
        ? PreviewText.json(preview, title: study.folder).prettyText
        : PreviewText.text(preview, title: study.folder))
  }

  private func options(_ seconds: Double?) -> RunOptions {
    var options = RunOptions(outFolder: folders.result, runsFolder: folders.runs)
    options.jobs = command.machine.jobs
    options.threads = command.machine.threads
    options.dataFolder = command.machine.data.folder
    options.offline = command.machine.offline
    options.fresh = command.recovery.fresh
    options.retrainsDamaged = command.recovery.retrainDamaged
    options.keepsWeights = command.output.keepWeights
    options.isNice = command.machine.nice
    options.kernels = command.machine.kernels.kernels
    options.retries = command.recovery.retries
    options.failsFast = command.recovery.failFast
    options.shard = command.extent.shard
    options.priority = priority
    options.budgetSeconds = seconds
    options.checkpointSeconds = command.recovery.checkpointEvery.seconds
    if let rule = command.extent.until {
      options.suffices = { [study] records in
        // The records are those of complete trials.
        guard let needed = TrialsNeeded.count(study, records, by: rule) else { return false }
        return records.lazy.filter { $0.stage == .final }.map(\.trial).max() ?? 0 >= needed
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
    if command.output.json {
      try StandardStreams.product(JSONExport.text(table))
    } else {
      try StandardStreams.product(
        TextRenderer.text(table, width: Terminal.tableColumns), ColoredText.verdicts)
    }
    say("tables written to \(folders.result)")
    return table
  }

  private var style: ProgressDisplay.Style {
    if command.output.quiet { return .quiet }
    return command.output.follow ? .following : .fitting(.standardError)
  }

  private func say(_ sentence: String) {
    if !command.output.quiet { StandardStreams.talk(sentence) }
  }
}

/// Several that watch a study run.
private final class RunObservers: RunObserver {
  private let observers: [any RunObserver]

  init(_ observers: [any RunObserver]) { self.observers = observers }

  func handle(_ event: RunEvent) {
    for observer in observers { observer.handle(event) }
  }
}

extension StudySpec {
  /// Profiles that take less time than this one.
  fileprivate var smallerProfiles: [String] {
    let bySize = [profiles[0], "desk", "smoke"]
    guard let own = bySize.firstIndex(of: profile) else { return [] }
    return bySize[(own + 1)...].filter { profiles.contains($0) }
  }
}

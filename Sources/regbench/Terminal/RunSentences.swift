import Report
import Runner
import Study

/// What a user is told about a study's progress, wherever it is shown.
struct RunSentences {
  /// Smaller profiles of the same config, offered where a study takes long.
  let smallerProfiles: [String]
  /// From this many seconds on a study takes long.
  static let long = 3600.0

  /// The sentences for an event; none for what a redrawn block or a line of its own shows.
  func sentences(for event: RunEvent) -> [String] {
    switch event {
    case .preparing(let sentence): [sentence]
    case .found(let found): [describe(found)]
    case .taken(let taken):
      taken.map { "took \(Quantities.count($0.runs, "finished run")) from \($0.folder)" }
    case .incomplete(let runs):
      [
        "the files below series/ do not hold what \(Quantities.count(runs, "run")) of runs.csv "
          + "measured; trained again where the study needs them"
      ]
    case .setAside(let runs, let file, let journal):
      [
        "\(Quantities.count(runs, "run")) of \(file) \(runs == 1 ? "is" : "are") not needed by the "
          + "study as it stands; kept in \(journal), and back in the table once needed again"
      ]
    case .fewerJobs(let jobs, let wanted):
      ["memory suffices for \(jobs) of \(Quantities.count(wanted, "job"))"]
    case .planned(let plan): describe(plan)
    case .retrying(let cell, let reason, let log):
      ["\(cell.cell.name): \(reason); trying again (log: \(log))"]
    case .notSaved(let cell, let reason):
      ["\(cell.cell.name): not saved: \(reason); the run goes on"]
    case .givenUp(let cell, let reason): ["\(cell.cell.name): \(reason)"]
    case .checkpointsStay(let cell, let reason):
      ["\(cell.cell.name) is finished; its checkpoints stay: \(reason)"]
    case .failed(let failed): ["\(failed.cell.name) failed: \(failed.reason) (log: \(failed.log))"]
    case .waiting(let runs, let holders):
      [
        "\(Quantities.count(runs, "run")) left, in other hands (host and process "
          + "\(holders.joined(separator: ", "))); waiting for them"
      ]
    case .budgetIsSpent: ["the time is up: each worker finishes its batch and saves its state"]
    case .started, .progress, .evaluated, .checkpointed, .finished, .status, .stopping,
      .interrupted:
      []
    }
  }

  private func describe(_ found: FoundRuns) -> String {
    let origin = [found.date.map { "of \($0)" }, found.cpu.map { "on \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
    let count = Quantities.count(found.count, "finished run")
    return origin.isEmpty ? "found \(count)" : "found \(count) (\(origin))"
  }

  private func describe(_ plan: RunPlan) -> [String] {
    guard plan.missing > 0 else { return [] }
    let are = plan.missing == 1 ? "is" : "are"
    var sentence = "\(Quantities.count(plan.missing, "run")) \(are) missing"
    if plan.finished > 0 { sentence += " (\(plan.finished) done)" }
    let workers =
      "\(Quantities.count(plan.jobs, "job")) × \(Quantities.count(plan.threads, "thread"))"
    if let seconds = plan.seconds {
      sentence += "; about \(Quantities.duration(seconds)) with \(workers)"
    }
    guard let seconds = plan.seconds, seconds > Self.long, !smallerProfiles.isEmpty else {
      return [sentence]
    }
    let profiles = smallerProfiles.map { "--profile \($0)" }.joined(separator: ", ")
    return [sentence, "smaller: \(profiles) (Ctrl-C stops; the same command carries on)"]
  }

  /// The line for a finished run, the `done`th of the study.
  func finished(
    _ cell: RunningCell, _ record: RunRecord, seconds: Double, done: Int, _ status: RunStatus?
  ) -> String {
    let outcome = Self.outcome(record, of: cell.cell.spec)
    let line = "\(cell.cell.name): \(outcome), \(Quantities.duration(seconds))"
    guard let status else { return line }
    let head = "[\(done)/\(status.total)] \(line)"
    guard let remaining = status.remainingSeconds, done < status.total else { return head }
    return "\(head), \(Quantities.duration(remaining)) to go"
  }

  private static func outcome(_ record: RunRecord, of spec: CellSpec) -> String {
    if record.diverged { return "diverged" }
    if record.stage == .selection, let error = record.validationErrorLast {
      return "validation error \(DecimalText.fixed(error, decimals: 2)) %"
    }
    if let error = record.testErrorLast {
      return "test error \(DecimalText.fixed(error, decimals: 2)) %"
    }
    guard let metric = spec.tableMetrics.first,
      let measure = record.measures.first(where: { $0.name == metric.name })
    else { return "done" }
    return "\(metric.title) \(DecimalText.fixed(measure.value, decimals: 4))"
  }
}

extension RunStatus {
  /// Runs of the study, at most.
  var total: Int { finished + running + failed + waiting }
}

import Study

/// What is known of a study's runs while it is trained: which are finished, which are missing, what they
/// cost.
final class StudyProgress {
  /// Its runs by their ids.
  let agenda: StudyAgenda
  /// How long its cells take.
  var costs: StudyCosts
  /// Where the next records are made.
  var origin: Origin

  /// What a record says of where a run was trained.
  struct Origin {
    /// The program's version and commit.
    var build: String
    var host: HostFacts
    /// As the workers found them; nil before one has said it.
    var worker: WorkerFacts?
  }

  private let journal: Journal
  /// The keys of the study's axes in their order.
  private let axes: [String]
  private var finishedRuns: [String: FinishedRun]

  /// - Parameter runs: finished runs, of this study or not.
  init(
    _ study: StudySpec, ids: RunIDs, journal: Journal, runs: [FinishedRun], origin: Origin
  ) {
    self.journal = journal
    self.origin = origin
    axes = study.axes.map(\.key)
    let keys = axes
    finishedRuns = Dictionary(
      runs.map { ($0.record.id, $0.ordered(by: keys)) }
    ) { _, later in later }
    agenda = StudyAgenda(study, ids: ids, records: finishedRuns.values.map(\.record))
    costs = StudyCosts(agenda, finishedRuns.values)
  }

  var study: StudySpec { agenda.study }
  var ids: RunIDs { agenda.ids }

  /// Takes in what other processes have finished since the last call.
  func refresh() throws {
    for run in try journal.news() where finishedRuns[run.record.id] == nil { add(run) }
  }

  private func add(_ run: FinishedRun) {
    let run = run.ordered(by: axes)
    finishedRuns[run.record.id] = run
    agenda.add(run.record)
    costs.update(agenda)
    guard let cell = agenda.cell(run.record.id) else { return }
    costs.model.learn(CostModel.Work(cell), run.timing.cost)
  }

  /// About how many seconds of one thread the missing runs take.
  var missingSeconds: Double { costs.missingSeconds }

  /// About how many seconds of one thread all runs take.
  var totalSeconds: Double { costs.totalSeconds }

  /// Records a finished run; afterwards nothing can lose it.
  func record(_ running: RunningCell, _ result: TrainingResult) throws -> RunRecord {
    guard let worker = origin.worker else {
      throw RunnerError.noUsableWorker(reason: "a worker did not say what it computes with")
    }
    let cell = running.cell
    let data = ids.data[cell.dataKey]
    let record = RunRecord(
      id: running.id, stage: cell.stage == .final ? .final : .selection, arm: cell.arm,
      axes: cell.axes, trial: cell.trial, hyperparameters: cell.hyperparameters,
      updates: result.updates, testErrorLast: result.last.testError,
      testErrorAtBestValidation: result.bestOnValidation?.testError,
      bestValidationError: result.bestOnValidation?.validationError,
      bestValidationUpdate: result.bestOnValidation?.update,
      bestTestError: result.bestOnTest?.testError, bestTestUpdate: result.bestOnTest?.update,
      validationErrorLast: result.last.validationError, trainingLossLast: result.lastLoss,
      diverged: result.hasDiverged, weightsDigest: result.weightsHash,
      openBLASCore: worker.openBLASCore, build: origin.build,
      dataDigest: data?.digest ?? "", isVerified: data?.isVerified ?? false,
      arithmetic: worker.arithmetic, measures: result.last.measures,
      seriesDigest: Series.digest(result.series))
    let timing = RunTiming(
      id: running.id, date: Timestamp.now, host: origin.host.name, cpu: origin.host.cpu,
      cost: result.cost)
    let run = FinishedRun(record: record, timing: timing, series: result.series)
    try journal.append(run)
    add(run)
    return record
  }

  /// The finished runs of the study as it stands, in the order of runs.csv.
  var finished: [FinishedRun] {
    agenda.ordered(finishedRuns.keys).compactMap { finishedRuns[$0] }
  }

  /// Finished runs that the study as it stands has no use for.
  var unused: [FinishedRun] {
    finishedRuns.keys.sorted().filter { agenda.run($0) == nil }.compactMap { finishedRuns[$0] }
  }

  /// Final runs of the first trials.
  func finalRecords(trials: Int) -> [RunRecord] {
    finished.map(\.record).filter { $0.stage == .final && $0.trial <= trials }
  }
}

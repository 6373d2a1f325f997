import Study

/// What is known of a study's runs: which are finished, which are missing, what they cost.
final class StudyBook {
  let study: StudySpec
  /// How long its cells take.
  var costs = CostModel()
  /// Where the next records are made.
  var place: Place

  /// What a record says of the place where a run was trained.
  struct Place {
    /// The program's version and commit.
    var build: String
    /// The machine.
    var host: HostFacts
    /// OpenBLAS, as the workers found it.
    var openBLAS: WorkerFacts
  }

  /// Makes the runs' ids.
  let ids: RunIDs
  private let journal: Journal
  private var entries: [String: Journal.Entry]
  private var cells: [String: Cell] = [:]
  private var outlook: (missing: [PlannedRuns], runnable: [Cell])?
  private var journalEnd = 0

  /// - Parameters:
  ///   - entries: finished runs, of this study or not.
  init(
    _ study: StudySpec, ids: RunIDs, journal: Journal, entries: [Journal.Entry], place: Place
  ) {
    self.study = study
    self.ids = ids
    self.journal = journal
    self.place = place
    self.entries = Dictionary(entries.map { ($0.record.id, $0) }) { _, later in later }
    for (id, entry) in self.entries where cells(known: id) != nil {
      learn(id, entry.timing)
    }
  }

  /// The id of a cell's run.
  func id(of cell: Cell) -> String {
    let id = ids.id(of: cell)
    cells[id] = cell
    return id
  }

  // MARK: - What is missing

  /// Takes in what this and other processes have finished since the last call.
  func refresh() throws {
    for entry in try journal.entries(from: &journalEnd) where entries[entry.record.id] == nil {
      entries[entry.record.id] = entry
      outlook = nil
      learn(entry.record.id, entry.timing)
    }
  }

  /// Whether the run is finished.
  func isFinished(_ id: String) -> Bool { entries[id] != nil }

  /// Cells that can be trained now, in the order in which they should be.
  func runnable(without ids: Set<String>) -> [Cell] {
    look().runnable.filter { !ids.contains(id(of: $0)) }
  }

  /// The runs that are missing, by stage and row, at most.
  var missingRuns: [PlannedRuns] { look().missing }

  /// How many runs are missing, at most.
  var missing: Int { look().missing.reduce(0) { $0 + $1.count } }

  /// About how many seconds of one thread they take.
  var missingSeconds: Double {
    look().missing.reduce(0) { sum, runs in
      let operations = CostModel.operations(runs.example.spec)
      return sum + Double(runs.count) * costs.seconds(runs.example, operations: operations)
    }
  }

  /// How many runs of the study are finished.
  var finishedCount: Int {
    _ = look()
    return cells.keys.count { entries[$0] != nil }
  }

  private func look() -> (missing: [PlannedRuns], runnable: [Cell]) {
    if let outlook { return outlook }
    let records = entries.mapValues(\.record)
    let new = (
      missing: study.remaining(finished: records) { self.id(of: $0) },
      runnable: study.next(finished: records) { self.id(of: $0) }
    )
    outlook = new
    return new
  }

  private func cells(known id: String) -> Cell? {
    _ = look()
    return cells[id]
  }

  // MARK: - What is finished

  /// Keeps a finished run; afterwards nothing can lose it.
  func keep(_ running: RunningCell, _ outcome: CellOutcome) throws -> RunRecord {
    let cell = running.cell
    let found = ids.data[cell.dataKey]
    let record = RunRecord(
      id: running.id, stage: cell.stage == .final ? .final : .selection, arm: cell.arm,
      axes: cell.axes, trial: cell.trial, hyperparameters: cell.hyperparameters,
      updates: outcome.updates, last: outcome.last.testError,
      validation: outcome.bestOnValidation?.testError,
      bestValidationError: outcome.bestOnValidation?.validationError,
      bestValidationUpdate: outcome.bestOnValidation?.update, test: outcome.bestOnTest?.testError,
      bestTestUpdate: outcome.bestOnTest?.update,
      finalValidationError: outcome.last.validationError,
      lastTrainingLoss: outcome.lastLoss, diverged: outcome.hasDiverged,
      weightsHash: outcome.weightsHash, openBLASCore: place.openBLAS.openBLASCore,
      build: place.build, dataDigest: found?.digest ?? "", isVerified: found?.isVerified ?? false,
      measures: outcome.last.measures, seriesDigest: Series.digest(outcome.series))
    let timing = RunTiming(
      id: running.id, date: Timestamp.now, host: place.host.name, cpu: place.host.cpu,
      cost: outcome.cost)
    let entry = Journal.Entry(record: record, timing: timing, series: outcome.series)
    try journal.append(entry)
    entries[running.id] = entry
    outlook = nil
    learn(running.id, timing)
    return record
  }

  private func learn(_ id: String, _ timing: RunTiming) {
    guard let cell = cells[id] else { return }
    costs.learn(
      cell, operations: CostModel.operations(cell.spec), seconds: timing.cost.seconds,
      threads: timing.cost.threads)
  }

  /// The finished runs of the study as it stands, in an order that does not depend on when they
  /// were finished: stage, axes, arm, candidate, trial.
  var finished: [Journal.Entry] {
    _ = look()
    let ranked = cells.compactMap { id, cell in
      entries[id].map { (rank: rank(cell), id: id, entry: $0) }
    }
    return ranked.sorted { a, b in
      a.rank == b.rank ? a.id < b.id : a.rank.lexicographicallyPrecedes(b.rank)
    }.map(\.entry)
  }

  /// How many trials, from the first on without a gap, every row of the tables has finished.
  var completeTrials: Int {
    let final = finished.map(\.record).filter { $0.stage == .final }
    let counts = Dictionary(grouping: final, by: \.trial).mapValues(\.count)
    var trial = 0
    while counts[trial + 1] == study.rows.count { trial += 1 }
    return trial
  }

  /// Finished runs that the study as it stands has no use for.
  var leftOver: [Journal.Entry] {
    _ = look()
    return entries.keys.sorted().filter { cells[$0] == nil }.compactMap { entries[$0] }
  }

  private func rank(_ cell: Cell) -> [Int] {
    let places = cell.axes.map { value in
      let axis = study.axes.first { $0.key == value.key }
      return axis?.values.firstIndex(of: value.value) ?? 0
    }
    let arm = study.arms.firstIndex { $0.name == cell.arm } ?? 0
    return switch cell.stage {
    case .selection(let candidate): [0] + places + [arm, candidate, cell.trial]
    case .final: [1] + places + [arm, 0, cell.trial]
    }
  }
}

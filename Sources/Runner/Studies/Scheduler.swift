import Durable
import Study

/// Hands cells to workers until nothing is left, whatever happens to the workers.
final class Scheduler {
  /// What a run needs beside its scheduling.
  struct Plan {
    var runsFolder: String
    /// Cells at a time.
    var jobs: Int
    /// Threads for each; nil is 1, and idle cores go to the last cells.
    var threads: Int?
    /// Threads in all.
    var cores: Int
    /// Seconds of training between two checkpoints.
    var checkpointSeconds: Double
    /// The folder given by `--data`.
    var dataFolder: String?
    /// Whether every run of the table leaves its weights behind, whatever the study says.
    var keepsWeights = false
    /// How often a cell whose worker crashed is tried again.
    var retries = 1
    /// Whether the first failed cell ends the study.
    var failsFast = false
    /// Seconds after which the workers save their state and leave.
    var budgetSeconds: Double?
  }

  /// What a worker does.
  private enum Duty {
    /// It has been started and has said nothing.
    case starting(RunningCell)
    /// It waits.
    case idle
    case training(RunningCell)

    var cell: RunningCell? {
      switch self {
      case .idle: nil
      case .starting(let cell), .training(let cell): cell
      }
    }
  }

  /// So many workers that end before any has begun are no accident.
  private static let mostFailedStarts = 3
  /// The longest time between two looks at the clock.
  private static let tick: Int32 = 250

  private let plan: Plan
  private let book: StudyBook
  private let supply: CellSupply
  private let pool: any WorkerPool
  private let now: () -> Double
  private let tell: (RunEvent) -> Void
  private var duties: [Int: Duty] = [:]
  private var crashes: [String: Int] = [:]
  private var stops = 0
  /// Why no cell is started any more, although nobody asked to stop.
  private var ending: RunSummary.Outcome?
  private var hasToldWaiting = false
  private var anyWorkerWasReady = false
  private var failedStarts = 0
  private var meter = RemainingTime()

  /// Cells that failed, by id.
  private(set) var failures: [String: FailedCell] = [:]
  /// The same by name.
  var failuresInOrder: [FailedCell] {
    failures.values.sorted { ($0.cell.name, $0.id) < ($1.cell.name, $1.id) }
  }
  /// Runs that were finished.
  private(set) var trained = 0

  /// - Parameter now: seconds on a clock that nobody sets.
  init(
    _ plan: Plan, _ book: StudyBook, _ supply: CellSupply, _ pool: any WorkerPool,
    now: @escaping () -> Double = SystemCall.seconds, tell: @escaping (RunEvent) -> Void
  ) {
    self.plan = plan
    self.book = book
    self.supply = supply
    self.pool = pool
    self.now = now
    self.tell = tell
  }

  /// Trains all that can be trained.
  /// - Throws: `FileError` where a record cannot be kept, `RunnerError` where workers cannot be
  ///   started at all.
  func run() throws -> RunSummary.Outcome {
    let end = plan.budgetSeconds.map { now() + $0 }
    try dispatch()
    // The first run may be finished before the first look at the clock.
    tellStatus()
    while try !busy.isEmpty || isWaitingForOthers() {
      for event in pool.wait(milliseconds: Self.tick) {
        switch event {
        case .message(let worker, let message): try take(message, from: worker)
        case .ended(let worker, let reason): try noticeEnd(of: worker, reason)
        case .stopRequested(let times): stop(times)
        }
        if stops > 1 { return .killed }
      }
      if let end, now() >= end, ending == nil { endEarly(.outOfBudget) }
      supply.beat()
      try dispatch()
      tellStatus()
    }
    for worker in duties.keys.sorted() { pool.send(.stop, to: worker) }
    guard !supply.waiting(without: Set(failures.keys)).isEmpty else { return .complete }
    return stops > 0 ? .interrupted : ending ?? .complete
  }

  private var busy: [RunningCell] {
    duties.keys.sorted().compactMap { duties[$0]?.cell }
  }

  // MARK: - Cells to workers

  private func dispatch() throws {
    guard stops == 0, ending == nil else { return }
    try book.refresh()
    while busy.count < plan.jobs {
      let waiting = supply.waiting(without: Set(failures.keys).union(busy.map(\.id)))
      guard !waiting.isEmpty else { return }
      let free = plan.cores - busy.reduce(0) { $0 + $1.threads }
      let seats = min(plan.jobs - busy.count, waiting.count)
      let threads = plan.threads ?? max(1, free / max(1, seats))
      guard free >= threads || busy.isEmpty else { return }
      guard let cell = try supply.take(from: waiting) else { return }
      try start(cell, threads: threads)
    }
  }

  /// Whether other processes train all that could otherwise be started here. They may die, and what
  /// they finish may open the next stage, so this process stays.
  private func isWaitingForOthers() throws -> Bool {
    guard stops == 0, ending == nil else { return false }
    let rest = supply.waiting(without: Set(failures.keys))
    if !rest.isEmpty, !hasToldWaiting {
      hasToldWaiting = true
      tell(.waiting(runs: rest.count, holders: supply.holders))
    }
    return !rest.isEmpty
  }

  private func start(_ cell: Cell, threads: Int) throws {
    let worker = freeWorker()
    let running = RunningCell(cell: cell, id: book.id(of: cell), worker: worker, threads: threads)
    let folder = RunFolder.path(running.id, below: plan.runsFolder)
    try Folder.create(folder)
    try RunFolder.forgetFailure(in: folder)
    try AtomicFile.write(cell.spec.json.prettyText, to: RunFolder.cell(in: folder))
    if duties[worker] == nil {
      try pool.start(worker)
      duties[worker] = .starting(running)
    } else {
      duties[worker] = .training(running)
    }
    pool.send(
      .cell(
        CellOrder(
          id: running.id, spec: cell.spec.json, dataDigest: book.ids.dataDigest(of: cell),
          folder: folder, threads: threads, checkpointSeconds: plan.checkpointSeconds,
          dataFolder: plan.dataFolder, weightsDigest: book.ids.weightsDigest(of: cell),
          keepsWeights: book.study.keepsWeights(of: cell)
            || plan.keepsWeights && cell.stage == .final)),
      to: worker)
  }

  /// A worker that waits, or the lowest number that no worker has.
  private func freeWorker() -> Int {
    let idle = duties.keys.sorted().first { if case .idle = duties[$0] { true } else { false } }
    return idle ?? (0...duties.count).first { duties[$0] == nil } ?? duties.count
  }

  // MARK: - News from workers

  private func take(_ message: WorkerMessage, from worker: Int) throws {
    if case .ready(let facts) = message {
      anyWorkerWasReady = true
      book.place.openBLAS = facts
      if case .starting(let cell) = duties[worker] { duties[worker] = .training(cell) }
      return
    }
    guard let running = duties[worker]?.cell else { return }
    switch message {
    case .ready: break
    case .claimed(let id, let update) where id == running.id:
      tell(.started(running, resumedAtUpdate: update))
      meter.begin(
        running, update: update, operations: CostModel.operations(running.cell.spec))
    case .progress(let id, let progress) where id == running.id:
      meter.update(running, progress, &book.costs)
      tell(.progress(running, progress))
    case .checkpointed(let id, let update) where id == running.id:
      tell(.checkpointed(running, update: update))
    case .stopped(let id, _) where id == running.id:
      release(worker)
      supply.release(id)
    case .failed(let id, let reason) where id == running.id:
      release(worker)
      fail(running, reason)
    case .done(let id, let outcome) where id == running.id:
      release(worker)
      try finish(running, outcome)
    case .claimed, .progress, .checkpointed, .stopped, .failed, .done: break
    }
  }

  private func release(_ worker: Int) {
    if let cell = duties[worker]?.cell { meter.end(cell) }
    duties[worker] = .idle
  }

  private func finish(_ running: RunningCell, _ outcome: CellOutcome) throws {
    let record = try book.keep(running, outcome)
    supply.release(running.id)
    trained += 1
    hasToldWaiting = false
    // Only now is nothing lost with them.
    let folder = RunFolder.path(running.id, below: plan.runsFolder)
    try CheckpointFolder(path: folder, run: running.id).clear()
    tell(.finished(running, record, seconds: outcome.cost.seconds))
  }

  private func fail(_ running: RunningCell, _ reason: String) {
    let failure = FailedCell(
      cell: running.cell, id: running.id, reason: reason, log: log(of: running))
    failures[running.id] = failure
    RunFolder.noteFailure(
      reason, in: RunFolder.path(running.id, below: plan.runsFolder))
    supply.release(running.id)
    tell(.failed(failure))
    if plan.failsFast, ending == nil { endEarly(.failedFast) }
  }

  private func log(of running: RunningCell) -> String {
    let log = RunFolder.log(in: RunFolder.path(running.id, below: plan.runsFolder))
    return FileContents.exists(log) ? log : pool.log(of: running.worker)
  }

  private func noticeEnd(of worker: Int, _ reason: String) throws {
    let duty = duties.removeValue(forKey: worker)
    guard let running = duty?.cell else { return }
    meter.end(running)
    guard stops == 0, ending == nil else { return supply.release(running.id) }
    if case .starting = duty, !anyWorkerWasReady {
      // One may have been killed; where all end so, something that they need is missing.
      failedStarts += 1
      guard failedStarts < Self.mostFailedStarts else {
        throw RunnerError.unusableWorker(reason: reason, log: pool.log(of: worker))
      }
      return tell(.retrying(running, reason: reason, log: log(of: running)))
    }
    crashes[running.id, default: 0] += 1
    if crashes[running.id, default: 0] <= plan.retries {
      tell(.retrying(running, reason: reason, log: log(of: running)))
    } else {
      fail(running, reason)
    }
  }

  // MARK: - Stopping and telling

  private func stop(_ times: Int) {
    let isFirst = stops == 0
    stops += times
    if stops > 1 {
      for worker in duties.keys.sorted() { pool.kill(worker) }
    } else if isFirst {
      tell(.stopping)
      for worker in duties.keys.sorted() { pool.send(.stop, to: worker) }
    }
  }

  /// Lets the workers save their state and leave.
  private func endEarly(_ outcome: RunSummary.Outcome) {
    ending = outcome
    if outcome == .outOfBudget { tell(.budgetIsSpent) }
    for worker in duties.keys.sorted() { pool.send(.stop, to: worker) }
  }

  private func tellStatus() {
    let running = busy
    let missing = book.missing - failures.count
    tell(
      .status(
        RunStatus(
          finished: book.finishedCount, running: running.count, failed: failures.count,
          waiting: max(0, missing - running.count), imagesPerSecond: meter.imagesPerSecond,
          remainingSeconds: remainingSeconds)))
  }

  private var remainingSeconds: Double? {
    let seconds = book.missingSeconds - meter.secondsDone(book.costs)
    let cores = min(plan.cores, plan.jobs * (plan.threads ?? 1))
    return meter.isRunning ? max(0, seconds) / Double(cores) : nil
  }
}

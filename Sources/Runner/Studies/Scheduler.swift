import Durable
import Study
import System

/// Hands cells to workers until nothing is left, whatever happens to the workers.
final class Scheduler {
  /// What a worker does.
  private enum Assignment {
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
  private static let maximumFailedStarts = 3
  /// Seconds for which a worker may say nothing before its first word, and after it was asked to stop.
  static let silenceSeconds = 60.0
  /// Seconds for which a worker that was asked to stop may take no processor time: it is stopped, or
  /// hangs.
  static let idleSeconds = 10.0
  /// The longest time between two looks at the clock.
  private static let tick: Int32 = 250

  private let plan: Plan
  private let progress: StudyProgress
  private let ready: ReadyCells
  private let pool: any WorkerPool
  private let now: () -> Double
  private let tell: (RunEvent) -> Void
  private var assignments: [Int: Assignment] = [:]
  private var crashes: [String: Int] = [:]
  private var stops = 0
  /// Why no cell is started any more, although nobody asked to stop.
  private var ending: RunSummary.Outcome?
  private var hasToldWaiting = false
  private var anyWorkerWasReady = false
  private var failedStarts = 0
  private var meter = RemainingTime()
  /// Cells at a time; fewer than planned where the system gives no more workers.
  private var jobs: Int
  /// When the workers were asked to stop.
  private var stopTime: Double?
  private var contacts: [Int: Contact] = [:]
  /// Bytes in the logs of runs when their present training began.
  private var logSizes: [String: Int] = [:]

  /// When a worker has given a sign of life.
  private struct Contact {
    var heard: Double
    /// When it was last seen to have taken processor time, and how much in all.
    var busy: Double
    var ticks: Int?
  }

  /// Cells that failed, by id.
  private(set) var failures: [String: FailedCell] = [:]
  /// The same by name.
  var failuresInOrder: [FailedCell] {
    failures.values.sorted { ($0.cell.name, $0.id) < ($1.cell.name, $1.id) }
  }
  /// Runs that were finished.
  private(set) var trained = 0

  /// - Parameter now: seconds of the monotonic clock.
  init(
    _ plan: Plan, _ progress: StudyProgress, _ ready: ReadyCells, _ pool: any WorkerPool,
    now: @escaping () -> Double = MonotonicClock.seconds, tell: @escaping (RunEvent) -> Void
  ) {
    self.plan = plan
    jobs = plan.jobs
    self.progress = progress
    self.ready = ready
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
      try giveUpSilentWorkers()
      ready.renew()
      try dispatch()
      tellStatus()
    }
    for worker in assignments.keys.sorted() { pool.send(.stop, to: worker) }
    guard !ready.first(1, without: Set(failures.keys)).isEmpty else { return .complete }
    return stops > 0 ? .interrupted : ending ?? .complete
  }

  private var busy: [RunningCell] {
    assignments.keys.sorted().compactMap { assignments[$0]?.cell }
  }

  // MARK: - Cells to workers

  private func dispatch() throws {
    guard stops == 0, ending == nil else { return }
    try progress.refresh()
    while busy.count < jobs {
      let others = Set(failures.keys).union(busy.map(\.id))
      let waiting = ready.first(jobs, without: others)
      guard !waiting.isEmpty else { return }
      let free = plan.cores - busy.reduce(0) { $0 + $1.threads }
      let seats = min(jobs - busy.count, waiting.count)
      let threads = plan.threads ?? max(1, min(plan.hostCores, free / max(1, seats)))
      guard free >= threads || busy.isEmpty else { return }
      guard let (id, cell) = try ready.take(without: others) else { return }
      try start(cell, id, threads: threads)
    }
  }

  /// Whether other processes train all that could otherwise be started here. They may die, and what
  /// they finish may open the next stage, so this process stays.
  private func isWaitingForOthers() throws -> Bool {
    guard stops == 0, ending == nil else { return false }
    guard !ready.first(1, without: Set(failures.keys)).isEmpty else { return false }
    if !hasToldWaiting {
      hasToldWaiting = true
      let runs = ready.first(.max, without: Set(failures.keys)).count
      tell(.waiting(runs: runs, holders: ready.holders))
    }
    return true
  }

  private func start(_ cell: Cell, _ id: String, threads: Int) throws {
    let worker = freeWorker()
    let running = RunningCell(cell: cell, id: id, worker: worker, threads: threads)
    let folder = RunFolder.path(running.id, below: plan.runsFolder)
    try Folder.create(folder)
    try RunFolder.forgetFailure(in: folder)
    logSizes[running.id] = FileContents.identity(of: runLog(running.id))?.size ?? 0
    try AtomicFile.write(cell.spec.json.prettyText, to: RunFolder.cell(in: folder))
    if assignments[worker] == nil {
      do {
        try pool.start(worker)
      } catch is RunnerError where !busy.isEmpty {
        // The system gives no more processes; those that there are do the work.
        ready.release(running.id)
        return jobs = busy.count
      }
      assignments[worker] = .starting(running)
      contacts[worker] = Contact(heard: now(), busy: now())
    } else {
      assignments[worker] = .training(running)
    }
    pool.send(
      .cell(
        CellOrder(
          id: running.id, spec: cell.spec.json, dataDigest: progress.ids.dataDigest(of: cell),
          folder: folder, threads: threads, checkpointSeconds: plan.checkpointSeconds,
          dataFolder: plan.dataFolder, weightsDigest: progress.ids.weightsDigest(of: cell),
          keepsWeights: progress.study.keepsWeights(of: cell)
            || plan.keepsWeights && cell.stage == .final)),
      to: worker)
  }

  /// A worker that waits, or the lowest number that no worker has.
  private func freeWorker() -> Int {
    let idle = assignments.keys.sorted().first {
      if case .idle = assignments[$0] { true } else { false }
    }
    return idle ?? (0...assignments.count).first { assignments[$0] == nil } ?? assignments.count
  }

  // MARK: - News from workers

  private func take(_ message: WorkerMessage, from worker: Int) throws {
    contacts[worker]?.heard = now()
    if case .unusable(let reason) = message {
      guard let running = assignments.removeValue(forKey: worker)?.cell else { return }
      guard !busy.isEmpty else { throw RunnerError.noUsableWorker(reason: reason) }
      // There is no room for one more beside the others.
      ready.release(running.id)
      jobs = busy.count
      return
    }
    if case .ready(let facts) = message {
      anyWorkerWasReady = true
      progress.origin.worker = facts
      if case .starting(let cell) = assignments[worker] { assignments[worker] = .training(cell) }
      return
    }
    guard let running = assignments[worker]?.cell else { return }
    switch message {
    case .ready, .unusable: break
    case .claimed(let id, let update) where id == running.id:
      tell(.started(running, resumedAtUpdate: update))
      meter.begin(running, update: update)
    case .progress(let id, let progress) where id == running.id:
      meter.update(running, progress, &self.progress.costs.model)
      tell(.progress(running, progress))
    case .evaluated(let id, let point) where id == running.id:
      tell(.evaluated(running, point))
    case .checkpointed(let id, let update) where id == running.id:
      tell(.checkpointed(running, update: update))
    case .notSaved(let id, let reason) where id == running.id:
      tell(.notSaved(running, reason: reason))
    case .stopped(let id, _) where id == running.id:
      release(worker)
      ready.release(id)
    case .failed(let id, let reason) where id == running.id:
      release(worker)
      fail(running, reason)
    case .done(let id, let result) where id == running.id:
      release(worker)
      try finish(running, result)
    case .claimed, .progress, .evaluated, .checkpointed, .notSaved, .stopped, .failed, .done: break
    }
  }

  private func release(_ worker: Int) {
    if let cell = assignments[worker]?.cell { meter.end(cell) }
    assignments[worker] = .idle
  }

  private func finish(_ running: RunningCell, _ result: TrainingResult) throws {
    let record = try progress.record(running, result)
    ready.release(running.id)
    trained += 1
    hasToldWaiting = false
    tell(.finished(running, record, seconds: result.cost.seconds))
    // Only now is nothing lost with them; where they stay, all that is lost is their room.
    let folder = RunFolder.path(running.id, below: plan.runsFolder)
    do throws(FileError) {
      try CheckpointFolder(path: folder, run: running.id).clear()
    } catch {
      tell(.checkpointsStay(running, reason: error.message))
    }
  }

  private func fail(_ running: RunningCell, _ reason: String) {
    let failure = FailedCell(
      cell: running.cell, id: running.id, reason: reason, log: log(of: running))
    failures[running.id] = failure
    RunFolder.noteFailure(
      reason, in: RunFolder.path(running.id, below: plan.runsFolder))
    ready.release(running.id)
    tell(.failed(failure))
    if plan.failsFast, ending == nil { endEarly(.failedFast) }
  }

  private func runLog(_ id: String) -> String {
    RunFolder.log(in: RunFolder.path(id, below: plan.runsFolder))
  }

  private func log(of running: RunningCell) -> String {
    let log = runLog(running.id)
    return FileContents.exists(log) ? log : pool.log(of: running.worker)
  }

  private func noticeEnd(of worker: Int, _ reason: String) throws {
    let assignment = assignments.removeValue(forKey: worker)
    guard let running = assignment?.cell else { return }
    meter.end(running)
    guard stops == 0, ending == nil else { return ready.release(running.id) }
    let words = LastWords.of(log: runLog(running.id), from: logSizes[running.id] ?? 0)
    let reason = words.map { "\(reason): \($0)" } ?? reason
    if case .starting = assignment, !anyWorkerWasReady {
      // One may have been killed; where all end so, something that they need is missing.
      failedStarts += 1
      guard failedStarts < Self.maximumFailedStarts else {
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
      for worker in assignments.keys.sorted() { pool.kill(worker) }
    } else if isFirst {
      tell(.stopping)
      askWorkersToStop()
    }
  }

  private func askWorkersToStop() {
    if stopTime == nil { stopTime = now() }
    for worker in assignments.keys.sorted() { pool.send(.stop, to: worker) }
  }

  /// Ends workers that never began, and those that do not answer to a stop.
  private func giveUpSilentWorkers() throws {
    let time = now()
    for worker in assignments.keys.sorted() {
      guard assignments[worker]?.cell != nil, var contact = contacts[worker] else { continue }
      if let ticks = pool.processorTicks(of: worker), stopTime != nil {
        if ticks != contact.ticks { contact.busy = time }
        contact.ticks = ticks
      } else {
        contact.busy = time
      }
      contacts[worker] = contact
      if let stopTime {
        if time - max(contact.heard, stopTime) >= Self.silenceSeconds {
          try giveUp(worker, "the worker did not answer to the stop within a minute")
        } else if time - max(contact.busy, stopTime) >= Self.idleSeconds {
          try giveUp(worker, "the worker hangs, or is stopped itself")
        }
      } else if case .starting = assignments[worker], time - contact.heard >= Self.silenceSeconds {
        try giveUp(worker, "the worker did not begin within a minute")
      }
    }
  }

  private func giveUp(_ worker: Int, _ reason: String) throws {
    let running = assignments[worker]?.cell
    pool.kill(worker)
    try noticeEnd(of: worker, reason)
    if stopTime != nil, let running { tell(.givenUp(running, reason: reason)) }
  }

  /// Lets the workers save their state and leave.
  private func endEarly(_ outcome: RunSummary.Outcome) {
    ending = outcome
    if outcome == .outOfBudget { tell(.budgetIsSpent) }
    askWorkersToStop()
  }

  private func tellStatus() {
    let running = busy
    let missing = progress.agenda.missingCount - failures.count
    tell(
      .status(
        RunStatus(
          finished: progress.agenda.finishedCount, running: running.count, failed: failures.count,
          waiting: max(0, missing - running.count), imagesPerSecond: meter.imagesPerSecond,
          share: share, remainingSeconds: remainingSeconds)))
  }

  private var share: Double {
    let total = progress.totalSeconds
    let rest = progress.missingSeconds - meter.secondsDone(progress.costs.model)
    return total > 0 ? min(1, max(0, 1 - rest / total)) : 1
  }

  private var remainingSeconds: Double? {
    let seconds = progress.missingSeconds - meter.secondsDone(progress.costs.model)
    let cores = min(plan.workingCores, jobs * (plan.threads ?? 1))
    return meter.isRunning ? max(0, seconds) / Double(cores) : nil
  }
}

import Canonical
import Study

@testable import Runner

/// Workers without processes: each order is answered by a script, in an order that a test chooses.
final class ScriptedPool: WorkerPool {
  /// What becomes of an order.
  enum Fate {
    case done
    case crash
    case failure(String)
  }

  /// What becomes of the cell with this spec at its n-th attempt, from 0.
  var fate: (JSONValue, Int) -> Fate = { _, _ in .done }
  /// Which of the training workers is next to finish.
  var choose: ([Int]) -> Int = { $0[0] }
  /// After how many finished cells Ctrl-C is pressed.
  var stopsAfter: [Int] = []
  /// Called at each wait for news.
  var onWait: () -> Void = {}
  /// How many workers, the first ones, die before they say a word.
  var brokenStarts = 0

  /// How many workers, the first ones, never say a word.
  var silentStarts = 0
  /// Workers that take a cell and are never heard of again, by number.
  var hanging: Set<Int> = []
  /// Processor time of a worker; nil is not known.
  var ticks: (Int) -> Int? = { _ in nil }
  /// What the first workers say instead of being ready.
  var unusable: [String] = []

  /// How many workers were started.
  private(set) var started = 0
  /// How many cells were finished.
  private(set) var done = 0
  /// The most workers that trained at the same time.
  private(set) var mostAtOnce = 0
  /// Threads of the orders in their order.
  private(set) var threads: [Int] = []
  /// Workers that were killed.
  private(set) var killed: [Int] = []

  private var orders: [Int: CellOrder] = [:]
  private var alive: Set<Int> = []
  private var attempts: [String: Int] = [:]
  private var events: [WorkerEvent] = []

  func start(_ number: Int) {
    started += 1
    alive.insert(number)
    let facts = WorkerFacts(
      openBLASCore: "Test", openBLASConfig: "none", arithmetic: Arithmetic(text: "Test 1"))
    if started <= silentStarts { return }
    if started <= unusable.count {
      return events.append(.message(number, .unusable(reason: unusable[started - 1])))
    }
    guard started > brokenStarts else { return end(number, "it broke") }
    events.append(.message(number, .ready(facts)))
  }

  func send(_ message: ParentMessage, to worker: Int) {
    guard alive.contains(worker) else { return }
    switch message {
    case .cell(let order):
      precondition(orders[worker] == nil, "worker \(worker) already trains a cell")
      orders[worker] = order
      threads.append(order.threads)
      mostAtOnce = max(mostAtOnce, orders.count)
      if started > silentStarts {
        events.append(.message(worker, .claimed(id: order.id, update: 0)))
      }
    case .stop:
      if hanging.contains(worker) || started <= silentStarts { return }
      if let order = orders.removeValue(forKey: worker) {
        events.append(.message(worker, .stopped(id: order.id, update: 0)))
      }
      end(worker, "it was asked to")
    }
  }

  func kill(_ worker: Int) {
    killed.append(worker)
    orders[worker] = nil
    alive.remove(worker)
    events.removeAll { event in
      switch event {
      case .message(worker, _), .ended(worker, _): true
      case .message, .ended, .stopRequested: false
      }
    }
  }

  func processorTicks(of worker: Int) -> Int? { ticks(worker) }

  func log(of worker: Int) -> String { "worker-\(worker).log" }

  func wait(milliseconds: Int32) -> [WorkerEvent] {
    onWait()
    defer { events = [] }
    let able = orders.keys.sorted().filter { !hanging.contains($0) }
    if events.isEmpty, !able.isEmpty, started > silentStarts { finish(choose(able)) }
    return events
  }

  private func finish(_ worker: Int) {
    guard let order = orders.removeValue(forKey: worker) else { return }
    let attempt = attempts[order.id, default: 0]
    attempts[order.id] = attempt + 1
    switch fate(order.spec, attempt) {
    case .done:
      done += 1
      events.append(.message(worker, .done(id: order.id, Self.outcome(order))))
      if stopsAfter.contains(done) { events.append(.stopRequested(times: 1)) }
    case .crash: end(worker, "the worker was ended by signal 11")
    case .failure(let reason):
      events.append(.message(worker, .failed(id: order.id, reason: reason)))
    }
  }

  private func end(_ worker: Int, _ reason: String) {
    alive.remove(worker)
    events.append(.ended(worker, reason: reason))
  }

  /// Numbers that depend on the cell alone, as those of a training do.
  static func outcome(_ order: CellOrder) -> TrainingResult {
    let hash = SHA256.hex(Array(order.spec.canonicalText.utf8))
    let number = Double(Int(hash.prefix(4), radix: 16) ?? 0)
    let point = CurvePoint(
      update: 10, trainingLoss: 0.5, validationError: number / 1000, testError: number / 999)
    // Of final runs alone, as in a training; the numbers are those of the cell.
    let isMeasured = order.spec["measure"] != nil
    let curve = Series(
      name: "unitMaxima",
      points: (0..<3).map { SeriesPoint(curve: "fc1.weight", x: Double($0), y: number / 7) })
    return TrainingResult(
      updates: 10, last: point, bestOnValidation: point, bestOnTest: point, lastLoss: 0.25,
      hasDiverged: false, weightsHash: hash,
      cost: RunCost(
        seconds: number, imagesPerSecond: 100, peakMegabytes: 50, threads: order.threads,
        checkpointSeconds: 0),
      series: isMeasured ? [curve] : [])
  }
}

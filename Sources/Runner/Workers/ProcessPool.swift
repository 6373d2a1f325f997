import Durable
import Glibc
import System

/// Workers as processes of the own program.
final class ProcessPool: WorkerPool {
  private let program: String
  private let logFolder: String
  private let options: [String]
  private let signals = StopSignals()
  private var processes: [Int: WorkerProcess] = [:]
  /// Those that a message did not reach: they would wait for it for ever.
  private var unreachable: Set<Int> = []

  /// - Parameters:
  ///   - program: started as `<program> worker`.
  ///   - logFolder: exists; takes `worker-<number>.log`.
  ///   - options: of `regbench worker`.
  init(program: String, logFolder: String, options: [String]) {
    self.program = program
    self.logFolder = logFolder
    self.options = options
  }

  deinit {
    for process in processes.values { process.kill() }
    for process in processes.values { _ = process.waitForEnd() }
  }

  func start(_ number: Int) throws {
    unreachable.remove(number)
    processes[number] = try WorkerProcess(
      program: program, log: log(of: number), options: options)
  }

  func send(_ message: ParentMessage, to worker: Int) {
    guard let process = processes[worker] else { return }
    if !process.pipe.send(message.json) { unreachable.insert(worker) }
  }

  func kill(_ worker: Int) { processes.removeValue(forKey: worker)?.kill() }

  func processorTicks(of worker: Int) -> Int? { processes[worker]?.activity?.processorTicks }

  func log(of worker: Int) -> String { PathName.join(logFolder, Self.logName(worker)) }

  private static func logName(_ worker: Int) -> String { "worker-\(worker).log" }

  /// Whether the log of a worker has this name.
  static func isLog(_ name: String) -> Bool {
    Int(name.filter { $0.isASCII && $0.isNumber }).map { logName($0) == name } ?? false
  }

  func wait(milliseconds: Int32) -> [WorkerEvent] {
    var events = signalEvents()
    if events.isEmpty {
      let numbers = processes.keys.sorted()
      var requests = numbers.compactMap { processes[$0] }.map {
        pollfd(fd: $0.pipe.input, events: Int16(POLLIN), revents: 0)
      }
      // A signal ends the wait; one that arrived just before it is found after at most this time.
      poll(&requests, nfds_t(requests.count), milliseconds)
      events = signalEvents()
    }
    for number in processes.keys.sorted() { events += read(number) }
    return events
  }

  private func signalEvents() -> [WorkerEvent] {
    let times = signals.take()
    return times > 0 ? [.stopRequested(times: times)] : []
  }

  /// All that a worker has said.
  private func read(_ number: Int) -> [WorkerEvent] {
    guard let process = processes[number] else { return [] }
    var events: [WorkerEvent] = []
    while true {
      switch process.pipe.next() {
      case .message(let json):
        if let message = WorkerMessage(json) {
          events.append(.message(number, message))
          continue
        }
        return events + [end(number, process, becauseOf: "it sent an unknown message")]
      case .garbled: return events + [end(number, process, becauseOf: "it sent a torn message")]
      case .closed: return events + [end(number, process, becauseOf: nil)]
      case .nothing:
        guard unreachable.contains(number) else { return events }
        return events + [end(number, process, becauseOf: "a message did not reach it")]
      }
    }
  }

  private func end(
    _ number: Int, _ process: WorkerProcess, becauseOf complaint: String?
  ) -> WorkerEvent {
    processes[number] = nil
    // One that closed its pipe is on its way out and keeps its own exit status; one that talks
    // nonsense, or lingers, is not waited for.
    process.kill()
    let ending = process.waitForEnd()
    return .ended(number, reason: complaint ?? ending)
  }
}

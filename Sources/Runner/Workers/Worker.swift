import Canonical
import Datasets
import Durable
import Engine
import Glibc
import Model
import Study
import System

/// A process that trains one cell after another for its parent.
///
/// It reads orders from its standard input and reports on its standard output, one JSON object a
/// line. It ends when it is told to, when its input closes, and when its parent dies.
package enum Worker {
  /// Serves the parent until it ends; what the hidden command `regbench worker` does.
  /// - Parameters:
  ///   - isNice: whether to run at the lowest priority.
  ///   - kernels: which kernels multiply.
  /// - Returns: the exit code.
  package static func main(isNice: Bool, kernels: MatrixKernels) -> Int32 {
    CPU.use(kernels)
    ParentDeathSignal.request()
    for number in StopSignals.numbers { signal(number, SIG_IGN) }
    if isNice { _ = nice(19) }
    // What a library prints goes to the log, not between the messages.
    let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    let input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard output >= 0, input >= 0 else { return 70 }
    dup2(STDERR_FILENO, STDOUT_FILENO)
    let session = WorkerSession(MessagePipe(input: input, output: output))
    session.serve()
    return 0
  }
}

/// One worker's life.
final class WorkerSession: CellObserver {
  private let pipe: MessagePipe
  private var datasets = OpenDatasets()
  private var pool: ThreadPool?
  private var poolThreads = 0
  private var current = ""
  private var mustStop = false

  init(_ pipe: MessagePipe) { self.pipe = pipe }

  /// Takes orders until told to stop.
  func serve() {
    do throws(EngineError) {
      try CPU.prepareOpenBLAS(threads: 1)
      send(.ready(try .current()))
    } catch {
      say("regbench: \(error.message)\n")
      send(.unusable(reason: error.message))
      return
    }
    while !mustStop {
      guard case .message(let json) = pipe.next(milliseconds: -1),
        case .cell(let order) = ParentMessage(json)
      else { return }
      train(order)
    }
  }

  private func train(_ order: CellOrder) {
    current = order.id
    do {
      try redirectErrors(to: order.folder)
      let spec = try Self.spec(order.spec)
      let dataset = try datasets.open(spec.setup?.dataset, folder: order.dataFolder)
      guard dataset.digest == order.dataDigest else {
        throw RunnerError.impossibleCell(
          reason: "the data set \"\(dataset.name)\" has changed since the study was started")
      }
      let task = try spec.makeTask(dataset: dataset, pool: pool(order.threads))
      try InitialWeights(of: spec, on: dataset.facts)?.load(
        into: task, expecting: order.weightsDigest)
      let trainer = CellTrainer(
        task: task, id: order.id, folder: order.folder,
        checkpointSeconds: order.checkpointSeconds, threads: order.threads, observer: self)
      switch try trainer.run() {
      case .finished(let outcome):
        if order.keepsWeights {
          try KeptWeights.save(
            task.weights, of: spec, on: dataset.facts, run: order.id, outcome, in: order.folder)
        }
        send(.done(id: order.id, outcome))
      case .stopped(let update): send(.stopped(id: order.id, update: update))
      }
    } catch {
      let reason = (error as? any ReportedError)?.message ?? "\(error)"
      say("regbench: \(reason)\n")
      send(.failed(id: order.id, reason: reason))
    }
  }

  private static func spec(_ json: JSONValue) throws(RunnerError) -> CellSpec {
    let diagnostics = DiagnosticCollector()
    let spec = CellSpec(reading: ObjectReader(json, diagnostics))
    if let error = diagnostics.diagnostics.first {
      throw .impossibleCell(reason: "the worker does not understand its cell: \(error.message)")
    }
    return spec
  }

  /// The pool is kept from cell to cell while the number of threads stays the same.
  private func pool(_ threads: Int) -> ThreadPool {
    if let pool, poolThreads == threads { return pool }
    let new = ThreadPool(threads: threads)
    pool = new
    poolThreads = threads
    return new
  }

  /// What the process says while it trains a cell, its last words included, belongs to the run.
  private func redirectErrors(to folder: String) throws {
    try Folder.create(folder)
    let log = try LogFile.open(RunFolder.log(in: folder))
    dup2(log, STDERR_FILENO)
    dup2(log, STDOUT_FILENO)
    close(log)
  }

  private func say(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { SystemCall.writeAll($0, to: STDERR_FILENO) }
  }

  private func send(_ message: WorkerMessage) {
    if !pipe.send(message.json) { mustStop = true }
  }

  var stopIsRequested: Bool {
    if !mustStop, pipe.next() != .nothing { mustStop = true }
    return mustStop
  }

  func started(update: Int) { send(.claimed(id: current, update: update)) }

  func progressed(_ progress: CellProgress) { send(.progress(id: current, progress)) }

  func evaluated(_ point: CurvePoint) { send(.evaluated(id: current, point)) }

  func checkpointed(update: Int) { send(.checkpointed(id: current, update: update)) }

  func notSaved(reason: String) {
    say("regbench: \(reason)\n")
    send(.notSaved(id: current, reason: reason))
  }
}

import Durable
import Engine
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct CellTrainerTests {
  /// Trains in `folder` and returns the ending with its cost, which no clock repeats, taken out.
  private func train(
    in folder: String, _ task: QuadraticTask = QuadraticTask(), stopAt: Int? = nil,
    every seconds: Double = .infinity, observer: StopAt? = nil
  ) throws -> CellTrainer.Ending {
    let ending = try CellTrainer(
      task: task, id: "run", folder: folder, checkpointSeconds: seconds, threads: 1,
      observer: observer ?? StopAt(stopAt)
    ).run()
    guard case .finished(var outcome) = ending else { return ending }
    outcome.cost = RunCost(
      seconds: 0, imagesPerSecond: 0, peakMegabytes: 0, threads: 1, checkpointSeconds: 0)
    return .finished(outcome)
  }

  @Test func `a stopped cell goes on with the same bits`() throws {
    let whole = try TemporaryFolder()
    let expected = try train(in: whole.path)
    for update in 0..<12 {
      let folder = try TemporaryFolder()
      #expect(try train(in: folder.path, stopAt: update) == .stopped(update: update))
      let observer = StopAt()
      #expect(try train(in: folder.path, observer: observer) == expected)
      #expect(observer.startedAt == update)
      #expect(
        try FileContents.read(folder.file("epochs.csv"))
          == FileContents.read(whole.file("epochs.csv")))
    }
  }

  @Test func `a cell stopped after each update ends the same`() throws {
    let whole = try TemporaryFolder()
    let folder = try TemporaryFolder()
    for update in 1...11 {
      // One update in each session, the checkpoint the only bridge.
      #expect(try train(in: folder.path, stopAt: update) == .stopped(update: update))
    }
    #expect(try train(in: folder.path) == train(in: whole.path))
  }

  @Test func `two checkpoints are kept`() throws {
    let folder = try TemporaryFolder()
    let observer = StopAt(9)
    _ = try train(in: folder.path, every: 0, observer: observer)
    #expect(observer.checkpoints == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(try Folder.entries(folder.path) == ["checkpoint-8", "checkpoint-9"])
  }

  @Test func `short cells have no checkpoint`() throws {
    let folder = try TemporaryFolder()
    _ = try train(in: folder.path, every: 60)
    #expect(try Folder.entries(folder.path) == ["epochs.csv"])
  }

  @Test func `a damaged checkpoint falls back to the older`() throws {
    let whole = try TemporaryFolder()
    let expected = try train(in: whole.path)
    let folder = try TemporaryFolder()
    _ = try train(in: folder.path, stopAt: 7, every: 0)
    try damage(folder.file("checkpoint-7"))
    let observer = StopAt()
    #expect(try train(in: folder.path, observer: observer) == expected)
    #expect(observer.startedAt == 6)
  }

  @Test func `two damaged checkpoints start over`() throws {
    let whole = try TemporaryFolder()
    let expected = try train(in: whole.path)
    let folder = try TemporaryFolder()
    _ = try train(in: folder.path, stopAt: 7, every: 0)
    for name in ["checkpoint-6", "checkpoint-7"] { try damage(folder.file(name)) }
    let observer = StopAt()
    #expect(try train(in: folder.path, observer: observer) == expected)
    #expect(observer.startedAt == 0)
  }

  @Test func `errors are taken at the end and at the earliest best`() throws {
    let folder = try TemporaryFolder()
    guard case .finished(let outcome) = try train(in: folder.path, QuadraticTask(updates: 12))
    else {
      Issue.record("not finished")
      return
    }
    let table = String(decoding: try FileContents.read(folder.file("epochs.csv")), as: UTF8.self)
    #expect(table.split(separator: "\n").count == 4)
    #expect(outcome.last.update == 12)
    #expect(outcome.updates == 12)
    #expect((outcome.bestOnValidation?.validationError ?? 0) <= outcome.last.validationError ?? 0)
    let (best, last) = (outcome.bestOnTest?.testError, outcome.last.testError)
    #expect(try #require(best) <= #require(last))
  }

  @Test func `divergence ends the run and is a result`() throws {
    let folder = try TemporaryFolder()
    guard case .finished(let outcome) = try train(in: folder.path, QuadraticTask(divergesAt: 6))
    else {
      Issue.record("not finished")
      return
    }
    #expect(outcome.hasDiverged)
    #expect(outcome.updates == 7)
    #expect(outcome.last.update == 7)
    #expect(outcome.lastLoss?.isNaN == true)
  }

  @Test func `a diverged outcome survives the way to the parent`() throws {
    let folder = try TemporaryFolder()
    guard case .finished(let outcome) = try train(in: folder.path, QuadraticTask(divergesAt: 0))
    else {
      Issue.record("not finished")
      return
    }
    let back = try #require(TrainingResult(outcome.json))
    #expect(back.lastLoss?.isNaN == true)
    #expect(back.weightsHash == outcome.weightsHash)
    #expect(back.last.update == 1)
  }

  @Test func `a disk that takes nothing for a while is told and the training goes on`() throws {
    let whole = try TemporaryFolder()
    let expected = try train(in: whole.path)
    for operation in [FaultHook.Operation.open, .write, .fsync, .rename, .remove] {
      for turn in 1...3 {
        let folder = try TemporaryFolder()
        let observer = StopAt()
        let fault = FaultHook.Fault(operation, turn: turn, .error(28))
        let (ending, _) = try FaultHook.during(fault, under: folder.path) {
          try train(in: folder.path, every: 0, observer: observer)
        }
        #expect(ending == expected)
        #expect(observer.failures.count == 1, "\(operation) \(turn)")
        #expect(observer.checkpoints.count == 11)
      }
    }
  }

  @Test func `a stop on a full disk leaves the checkpoint before and goes on from it`() throws {
    let whole = try TemporaryFolder()
    let expected = try train(in: whole.path)
    let folder = try TemporaryFolder()
    _ = try train(in: folder.path, stopAt: 4)
    let fault = FaultHook.Fault(.write, turn: 1, .error(28))
    let observer = StopAt(8)
    let (ending, _) = try FaultHook.during(fault, under: folder.path) {
      try train(in: folder.path, observer: observer)
    }
    #expect(ending == .stopped(update: 8))
    #expect(observer.failures.count == 1)
    let later = StopAt()
    #expect(try train(in: folder.path, observer: later) == expected)
    #expect(later.startedAt == 4)
  }

  private func damage(_ path: String) throws {
    var bytes = try FileContents.read(path)
    bytes[bytes.count / 2] ^= 1
    try AtomicFile.write(bytes, to: path)
  }
}

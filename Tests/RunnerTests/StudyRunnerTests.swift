import Canonical
import Durable
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct StudyRunnerTests {
  private func bytes(_ fixture: StudyFixture, _ out: String = "out") throws -> [UInt8] {
    try FileContents.read(fixture.folder.file("\(out)/runs.csv"))
  }

  @Test func `everything is trained once`() throws {
    let fixture = try StudyFixture()
    let summary = try fixture.run(fixture.options())
    #expect(summary.outcome == .complete)
    #expect(summary.trained == StudyFixture.runs)
    #expect(summary.records.count == StudyFixture.runs)
    #expect(summary.missing == 0)
    #expect(summary.failures.isEmpty)
    #expect(fixture.events.plan?.missing == StudyFixture.runs)
    #expect(Set(summary.records.map(\.id)).count == StudyFixture.runs)
  }

  @Test func `a second call trains nothing and changes nothing`() throws {
    let fixture = try StudyFixture()
    let first = try fixture.run(fixture.options())
    let before = try bytes(fixture)
    let provenance = try FileContents.read(fixture.folder.file("out/provenance.json"))
    let second = try fixture.run(fixture.options())
    #expect(second.trained == 0)
    #expect(second.records == first.records)
    #expect(fixture.events.found?.count == StudyFixture.runs)
    #expect(fixture.events.plan?.seconds == nil)
    #expect(try bytes(fixture) == before)
    #expect(
      try FileContents.read(fixture.folder.file("out/provenance.json")) == provenance)
  }

  @Test func `the order in which runs finish changes no byte`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    for jobs in [1, 3, 8] {
      var options = fixture.options(out: "out\(jobs)")
      options.jobs = jobs
      let pool = ScriptedPool()
      pool.choose = { $0[$0.count - 1] }
      _ = try fixture.run(options, pool)
      #expect(pool.mostAtOnce <= jobs)
      #expect(try bytes(fixture, "out\(jobs)") == bytes(fixture))
    }
  }

  @Test func `a stopped study goes on where it stopped`() throws {
    let whole = try StudyFixture()
    _ = try whole.run(whole.options())
    for stop in [1, 5, 6, 17] {
      let fixture = try StudyFixture()
      let pool = ScriptedPool()
      pool.stopsAfter = [stop]
      let first = try fixture.run(fixture.options(), pool)
      #expect(first.outcome == .interrupted)
      #expect(first.trained == stop)
      #expect(first.missing == StudyFixture.runs - stop)
      let second = try fixture.run(fixture.options())
      #expect(second.outcome == .complete)
      #expect(second.trained == StudyFixture.runs - stop)
      #expect(try bytes(fixture) == bytes(whole))
    }
  }

  @Test func `a second stop kills the workers`() throws {
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    let doubled = DoubleStop(pool, after: 3)
    let data = ["": Provenance.Data(name: "", digest: "d", origin: "", isVerified: true)]
    let summary = try StudyRunner(fixture.study, fixture.options(), observer: fixture.events).run(
      data: data
    ) { doubled }
    #expect(summary.outcome == .killed)
    #expect(!pool.killed.isEmpty)
  }

  @Test func `a stop after the last cell is no interruption`() throws {
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    pool.stopsAfter = [StudyFixture.runs]
    #expect(try fixture.run(fixture.options(), pool).outcome == .complete)
  }

  @Test func `a crashed cell is tried once more`() throws {
    let whole = try StudyFixture()
    _ = try whole.run(whole.options())
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    pool.fate = { _, attempt in attempt == 0 ? .crash : .done }
    let summary = try fixture.run(fixture.options(), pool)
    #expect(summary.outcome == .complete)
    #expect(summary.failures.isEmpty)
    #expect(fixture.events.retries == StudyFixture.runs)
    #expect(pool.started > StudyFixture.runs)
    #expect(try bytes(fixture) == bytes(whole))
  }

  @Test func `a cell that crashes again fails and the study goes on`() throws {
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    // The plain arm's second trial at 50 images.
    pool.fate = { spec, _ in
      let isPlain = spec["regularizers"]?.elements?.isEmpty == true
      return isPlain && spec["trial"]?.intValue == 2 && spec["trainSize"]?.intValue == 50
        ? .crash : .done
    }
    let summary = try fixture.run(fixture.options(), pool)
    #expect(summary.outcome == .complete)
    #expect(summary.failures.map(\.cell.name) == ["n=50 plain #2"])
    #expect(summary.records.count == StudyFixture.runs - 1)
    #expect(summary.missing == 1)
    #expect(fixture.events.retries == 1)
    let again = try fixture.run(fixture.options())
    #expect(again.trained == 1)
    #expect(again.failures.isEmpty)
  }

  @Test func `a failure is not tried again and what depends on it waits`() throws {
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    pool.fate = { spec, _ in
      let regularizer = spec["regularizers"]?.elements?.first
      let isCandidate =
        regularizer?["name"]?.stringValue == "dropout"
        && regularizer?["drop"]?.doubleValue == 0.7 && spec["trainSize"]?.intValue == 100
        && spec["trial"]?.intValue == 0
      return isCandidate ? .failure("no memory") : .done
    }
    let summary = try fixture.run(fixture.options(), pool)
    #expect(summary.failures.map(\.reason) == ["no memory"])
    #expect(fixture.events.retries == 0)
    // At n = 100: the failed candidate, Shakeout's two candidates, and two trials of both arms.
    #expect(summary.records.count == StudyFixture.runs - 7)
  }

  @Test func `workers that never begin are an error`() throws {
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    pool.brokenStarts = .max
    #expect(throws: RunnerError.unusableWorker(reason: "it broke", log: "worker-0.log")) {
      try fixture.run(fixture.options(), pool)
    }
  }

  @Test func `the state is told before the first run is finished`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    let first = fixture.events.all.first { event in
      switch event {
      case .status, .finished: true
      default: false
      }
    }
    guard case .status(let status) = first else {
      Issue.record("a run was finished first")
      return
    }
    #expect(status.finished == 0 && status.running == 2 && status.failed == 0)
  }

  @Test func `workers that are killed at their start are started again`() throws {
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    pool.brokenStarts = 2
    let summary = try fixture.run(fixture.options(), pool)
    #expect(summary.failures.isEmpty && summary.records.count == StudyFixture.runs)
    #expect(fixture.events.retries == 2)
    #expect(
      try bytes(fixture)
        == { () in
          let undisturbed = try StudyFixture()
          _ = try undisturbed.run(undisturbed.options())
          return try bytes(undisturbed)
        }())
  }

  @Test func `fresh trains everything again`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    let before = try bytes(fixture)
    var options = fixture.options()
    options.fresh = true
    #expect(try fixture.run(options).trained == StudyFixture.runs)
    #expect(try bytes(fixture) == before)
  }

  @Test func `fresh removes nothing that regbench did not make`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    var options = fixture.options()
    options.fresh = true
    let mine = PathName.join(options.runsFolder, "thesis.txt")
    try AtomicFile.write("mine", to: mine)
    _ = try fixture.run(options)
    #expect(try FileContents.read(mine) == Array("mine".utf8))
  }

  @Test func `the journal alone suffices`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    let before = try bytes(fixture)
    try Folder.remove(fixture.folder.file("out"))
    #expect(try fixture.run(fixture.options()).trained == 0)
    #expect(try bytes(fixture) == before)
  }

  @Test func `the records alone suffice`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    let before = try bytes(fixture)
    try Folder.remove(fixture.folder.file("out-runs"))
    #expect(try fixture.run(fixture.options()).trained == 0)
    #expect(try bytes(fixture) == before)
  }

  @Test func `a changed study keeps what it no longer needs`() throws {
    let folder = try TemporaryFolder()
    let first = try StudyFixture(folder: folder)
    _ = try first.run(first.options())
    let before = try bytes(first)
    // The journal is gone, so the old rows are only in runs.csv.
    try Folder.remove(folder.file("out-runs"))
    let text = StudyFixture.text.replacing("\"iterations\": 20", with: "\"iterations\": 30")
    let changed = try StudyFixture(text, folder: folder)
    #expect(try changed.run(changed.options()).trained == StudyFixture.runs)
    #expect(changed.events.setAside == [StudyFixture.runs])
    #expect(try first.run(first.options()).trained == 0)
    #expect(try bytes(first) == before)
    #expect(first.events.setAside == [StudyFixture.runs])
    #expect(try first.run(first.options()).trained == 0)
    #expect(first.events.setAside == [])
  }

  @Test func `idle cores go to the last cells`() throws {
    let fixture = try StudyFixture()
    var options = fixture.options()
    options.jobs = 6
    let pool = ScriptedPool()
    _ = try fixture.run(options, pool)
    #expect(pool.threads.contains(1))
    #expect(pool.threads.contains { $0 > 1 })
    #expect(pool.threads.max() ?? 0 <= 6)
    var fixed = fixture.options(out: "fixed")
    fixed.threads = 2
    let other = ScriptedPool()
    _ = try fixture.run(fixed, other)
    #expect(Set(other.threads) == [2])
    #expect(try bytes(fixture, "fixed") == bytes(fixture))
  }

  @Test func `beginning anew removes what regbench made, the logs of workers too`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    let own = ["worker-0.log", "worker-12.log", "replay-0123456789abcdef", "plan.json"]
    let users = ["worker-x.log", "worker-01.log", "worker-1.log.txt", "notes.txt"]
    for name in own + users { try fixture.folder.write("", "out-runs/\(name)") }
    var options = fixture.options()
    options.fresh = true
    #expect(try fixture.run(options).trained == StudyFixture.runs)
    let left = try Folder.entries(fixture.folder.file("out-runs"))
    #expect(Set(left).isDisjoint(with: own))
    #expect(Set(left).isSuperset(of: users))
  }

  @Test func `checkpoints that cannot be removed do not end the study`() throws {
    let fixture = try StudyFixture()
    let runs = fixture.folder.file("out-runs")
    let pool = ScriptedPool()
    pool.onWait = {
      for name in (try? Folder.entries(runs)) ?? [] where RunFolder.isID(name) {
        // A folder is not removed like a file.
        try? Folder.create(PathName.join(runs, "\(name)/checkpoint-10"))
      }
    }
    let summary = try fixture.run(fixture.options(), pool)
    #expect(summary.outcome == .complete)
    #expect(summary.trained == StudyFixture.runs)
    let reasons = fixture.events.all.compactMap { event in
      if case .checkpointsStay(_, let reason) = event { reason } else { nil }
    }
    #expect(reasons.count == StudyFixture.runs)
    #expect(reasons.allSatisfy { $0.contains("checkpoint-10: cannot remove") })
  }

  @Test func `what was trained is recorded when the disk fills up`() throws {
    let whole = try StudyFixture()
    _ = try whole.run(whole.options())
    let fixture = try StudyFixture()
    let journal = fixture.folder.file("out-runs/journal.log")
    let fault = FaultHook.Fault(.fsync, turn: 6, .error(28))
    let (attempt, _) = FaultHook.during(fault, under: journal) {
      Result { try fixture.run(fixture.options()) }
    }
    #expect(throws: FileError.self) { try attempt.get() }
    let kept = try ResultFolder(fixture.folder.file("out")).records()
    #expect(kept.count == 5)
    #expect(try fixture.run(fixture.options()).trained == StudyFixture.runs - 5)
    #expect(try bytes(fixture) == bytes(whole))
  }
}

/// Presses Ctrl-C twice in a row.
private final class DoubleStop: WorkerPool {
  private let inner: ScriptedPool
  private let after: Int

  init(_ inner: ScriptedPool, after: Int) {
    self.inner = inner
    self.after = after
    inner.stopsAfter = []
  }

  func start(_ number: Int) { inner.start(number) }
  func send(_ message: ParentMessage, to worker: Int) {
    // These workers are busy with a long batch and do not hear.
    if message != .stop { inner.send(message, to: worker) }
  }
  func kill(_ worker: Int) { inner.kill(worker) }
  func processorTicks(of worker: Int) -> Int? { nil }
  func log(of worker: Int) -> String { inner.log(of: worker) }
  func wait(milliseconds: Int32) -> [WorkerEvent] {
    inner.done >= after
      ? [.stopRequested(times: 1)] : inner.wait(milliseconds: milliseconds)
  }
}

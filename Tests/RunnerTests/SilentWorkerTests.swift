import Engine
import Testing

@testable import Runner

/// Workers that hang, never begin, or cannot work on this system.
@Suite struct SilentWorkerTests {
  /// A clock that a pool moves on while it waits.
  private final class Clock {
    var seconds = 1000.0
  }
  private let clock = Clock()
  private let fixture: StudyFixture
  private let pool = ScriptedPool()

  init() throws {
    fixture = try StudyFixture()
    pool.onWait = { [clock] in clock.seconds += 1 }
  }

  private func run(jobs: Int) throws -> RunSummary {
    var options = fixture.options()
    options.jobs = jobs
    return try fixture.run(options, pool) { $0.now = { [clock] in clock.seconds } }
  }

  @Test func `a worker that never begins is given up and its run is trained by another`() throws {
    pool.silentStarts = 1
    let summary = try run(jobs: 1)
    #expect(summary.outcome == .complete)
    #expect(summary.records.count == StudyFixture.runs)
    #expect(pool.killed == [0])
    #expect(clock.seconds > 1000 + Scheduler.silenceSeconds)
  }

  @Test func `where no worker ever begins the run ends with the kind unavailable`() throws {
    pool.silentStarts = .max
    let error = #expect(throws: RunnerError.self) { try run(jobs: 1) }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("did not begin within a minute") == true)
    #expect(pool.started == 3)
  }

  @Test func `a stop waits ten seconds for a worker that takes no processor time`() throws {
    pool.hanging = [0]
    pool.ticks = { _ in 7 }
    pool.stopsAfter = [1]
    let summary = try run(jobs: 2)
    #expect(summary.outcome == .interrupted)
    #expect(pool.killed == [0])
    #expect(clock.seconds < 1000 + Scheduler.idleSeconds + 10)
    let reasons = fixture.events.all.compactMap { event in
      if case .givenUp(_, let reason) = event { reason } else { nil }
    }
    #expect(reasons == ["the worker hangs, or is stopped itself"])
    pool.hanging = []
    #expect(try fixture.run(fixture.options()).outcome == .complete)
  }

  @Test func `a stop waits a minute for a worker that works and says nothing`() throws {
    pool.hanging = [0]
    var ticks = 0
    pool.ticks = { _ in
      ticks += 1
      return ticks
    }
    pool.stopsAfter = [1]
    let summary = try run(jobs: 2)
    #expect(summary.outcome == .interrupted)
    #expect(pool.killed == [0])
    let waited = clock.seconds - 1000
    #expect(waited > Scheduler.silenceSeconds && waited < Scheduler.silenceSeconds + 10)
  }

  @Test func `a worker that cannot work here ends the run with its reason`() throws {
    pool.unusable = ["no memory for OpenBLAS"]
    let error = #expect(throws: RunnerError.self) { try run(jobs: 1) }
    #expect(error == .noUsableWorker(reason: "no memory for OpenBLAS"))
    #expect(error?.kind == .unavailable)
  }

  @Test func `a crash for lack of memory says memory`() {
    let log = """
      a line
      x/File.swift:7: Fatal error: failed to allocate 800000032 bytes of memory with alignment 8
      *** Program crashed ***
      """
    #expect(
      LastWords.of(text: log)
        == "there is too little memory (failed to allocate 800000032 bytes of memory with alignment 8); "
        + "fewer --jobs need less")
    #expect(
      LastWords.of(text: "regbench: error: \(MemoryShortage.message(8))\n")
        == MemoryShortage.message(8))
    #expect(LastWords.of(text: "Fatal error: Index out of range\n") == "Index out of range")
    #expect(LastWords.of(text: "all is well\n") == nil)
  }

  @Test func `needed and free space are never printed as the same text`() {
    for needed in [1, 999, 1000, 1_000_001, 9_999_999, 10_000_001, 123_456_789] {
      let error = RunnerError.diskTooSmall(path: "/x", needed: needed, free: needed - 1)
      let sizes = error.message.matches(of: /[0-9]+ [kM]B/).map { String($0.output) }
      #expect(sizes.count == 2 && sizes[0] != sizes[1], "\(error.message)")
    }
  }
}

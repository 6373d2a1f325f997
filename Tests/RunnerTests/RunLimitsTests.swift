import Canonical
import Durable
import Study
import Testing

@testable import Runner

/// What ends a study before all of it is trained.
@Suite struct RunLimitsTests {
  /// One cell cannot be trained: its worker crashes whenever it tries.
  private func crashing() -> ScriptedPool {
    let pool = ScriptedPool()
    pool.fate = { spec, _ in
      spec["trial"]?.intValue == 1 && spec["regularizers"]?.elements?.isEmpty == true
        ? .crash : .done
    }
    return pool
  }

  @Test(arguments: [0, 1, 3]) func `a crashed cell is tried again as often as asked`(retries: Int)
    throws
  {
    let fixture = try StudyFixture()
    var options = fixture.options()
    options.retries = retries
    let summary = try fixture.run(options, crashing())
    #expect(summary.failures.count == 2)
    #expect(fixture.events.retries == 2 * retries)
    #expect(summary.outcome == .complete)
    #expect(summary.failures.allSatisfy { $0.log == "worker-0.log" || $0.log == "worker-1.log" })
  }

  @Test func `fail fast ends with the first failure and keeps the rest`() throws {
    let fixture = try StudyFixture()
    var options = fixture.options()
    options.failsFast = true
    options.retries = 0
    options.jobs = 1
    let summary = try fixture.run(options, crashing())
    #expect(summary.outcome == .failedFast)
    #expect(summary.failures.count == 1)
    #expect(summary.trained < StudyFixture.runs - 2)
    #expect(summary.records.count == summary.trained)
    let rest = try fixture.run(fixture.options())
    #expect(rest.trained == StudyFixture.runs - summary.trained)
  }

  @Test func `a budget ends the study and the next call goes on`() throws {
    let fixture = try StudyFixture()
    var options = fixture.options()
    options.budgetSeconds = 10
    options.jobs = 1
    let pool = ScriptedPool()
    var seconds = 0.0
    pool.onWait = { seconds += 1 }
    let summary = try fixture.run(options, pool) { $0.now = { seconds } }
    #expect(summary.outcome == .outOfBudget)
    #expect((1..<StudyFixture.runs).contains(summary.trained))
    #expect(summary.missing == StudyFixture.runs - summary.trained)
    #expect(fixture.events.all.contains { if case .budgetIsSpent = $0 { true } else { false } })
    #expect(try fixture.run(fixture.options()).outcome == .complete)
  }

  @Test func `trials stop when the stopping rule is met`() throws {
    let text = StudyFixture.text.replacing("\"trials\": 2", with: "\"trials\": 9")
    for jobs in [1, 4] {
      let fixture = try StudyFixture(text)
      var options = fixture.options()
      options.jobs = jobs
      options.suffices = { records in
        // Asked only about complete trials, six rows each.
        #expect(records.count % 6 == 0)
        #expect(records.count >= 18)
        return records.count >= 24
      }
      let summary = try fixture.run(options)
      #expect(summary.outcome == .complete)
      #expect(summary.records.count { $0.stage == .final } == 24)
      #expect(summary.records.map(\.trial).max() == 4)
    }
  }

  @Test func `a disk that is too small is said before the start`() throws {
    let fixture = try StudyFixture()
    let pool = ScriptedPool()
    #expect(throws: RunnerError.self) {
      try fixture.run(fixture.options(), pool) { $0.freeDisk = { _ in 1000 } }
    }
    #expect(pool.started == 0)
    #expect(try fixture.run(fixture.options()).outcome == .complete)
  }

  @Test func `study.json says what is trained in a folder`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    let note = try #require(StudyNote(in: fixture.folder.file("out-runs")))
    #expect(note.outFolder == fixture.folder.file("out"))
    #expect(note.missing == StudyFixture.runs)
    #expect(note.study == fixture.study.snapshot)
    #expect(StudyNote(in: fixture.folder.path) == nil)
  }
}

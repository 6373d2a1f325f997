import Durable
import Study
import TestSupport
import Testing

@testable import Runner

/// Several processes in one folder, played by several runners.
@Suite struct SharedStudyTests {
  private func stranger(_ number: Int) -> ProcessIdentity {
    ProcessIdentity(
      host: "node\(number)", process: number, start: "7", machine: "m\(number)",
      boot: "boot\(number)", namespace: "pid:[1]")
  }

  private func bytes(_ fixture: StudyFixture) throws -> [UInt8] {
    try FileContents.read(fixture.folder.file("out/runs.csv"))
  }

  /// The records of an undisturbed study.
  private func undisturbed() throws -> [UInt8] {
    let whole = try StudyFixture()
    _ = try whole.run(whole.options())
    return try bytes(whole)
  }

  @Test func `cells of a dead process are taken over, those of a living one are not`() throws {
    let fixture = try StudyFixture()
    let second = EventList()
    let pool = ScriptedPool()
    var summary: RunSummary?
    var hasStarted = false
    pool.onWait = {
      // In the middle of the first one's work, which stands still meanwhile, another one begins.
      guard pool.done == 5, !hasStarted else { return }
      hasStarted = true
      let other = ScriptedPool()
      var seconds = 0.0
      other.onWait = { seconds += 1 }
      summary = try? fixture.run(fixture.options(), other, observer: second) {
        $0.owner = stranger(2)
        $0.now = { seconds }
      }
    }
    let first = try fixture.run(fixture.options(), pool) { $0.owner = stranger(1) }
    let rest = try #require(summary)
    // The sleeper's two cells are trained twice, which leaves no trace.
    #expect(rest.trained == StudyFixture.runs - 5)
    #expect(first.trained == 5 + 2)
    #expect(rest.outcome == .complete)
    #expect(first.outcome == .complete)
    #expect(try bytes(fixture) == undisturbed())
    let waits = second.all.filter { if case .waiting = $0 { true } else { false } }
    guard case .waiting(let runs, let holders) = try #require(waits.first) else {
      Issue.record("nothing was waited for")
      return
    }
    #expect(runs == 2)
    #expect(holders == ["node1 1"])
    #expect(try Folder.entries(fixture.folder.file("out-runs/claims")).isEmpty)
  }

  @Test func `what another process finishes is not trained again`() throws {
    let fixture = try StudyFixture()
    var options = fixture.options()
    options.jobs = 1
    let pool = ScriptedPool()
    var hasStarted = false
    pool.onWait = {
      guard pool.done == 3, !hasStarted else { return }
      hasStarted = true
      // Another one trains seven cells and is stopped.
      let other = ScriptedPool()
      other.stopsAfter = [7]
      let summary = try? fixture.run(options, other, observer: EventList()) {
        $0.owner = stranger(2)
      }
      #expect(summary?.trained == 7)
      #expect(summary?.outcome == .interrupted)
    }
    let first = try fixture.run(options, pool) { $0.owner = stranger(1) }
    #expect(first.trained == StudyFixture.runs - 7)
    #expect(first.records.count == StudyFixture.runs)
    #expect(try bytes(fixture) == undisturbed())
  }

  @Test func `a shard takes its share first and can then do everything`() throws {
    let expected = try undisturbed()
    for count in [1, 2, 4] {
      for index in 0..<count {
        let fixture = try StudyFixture()
        var options = fixture.options()
        options.shard = Shard(index, of: count)
        #expect(try fixture.run(options).trained == StudyFixture.runs)
        #expect(try bytes(fixture) == expected)
      }
    }
  }

  @Test func `the shares of all shards cover every run once`() throws {
    let ids = (0..<1000).map { String($0 * 7919, radix: 16) }
    let shards = (0..<4).compactMap { Shard($0, of: 4) }
    for id in ids { #expect(shards.count { $0.prefers(id) } == 1) }
    for shard in shards { #expect((150...350).contains(ids.count(where: shard.prefers))) }
    #expect(Shard("3/4") == Shard(3, of: 4))
    for wrong in ["4/4", "-1/4", "1", "1/0", "a/b", "1/2/3", ""] { #expect(Shard(wrong) == nil) }
  }

  @Test func `fresh is refused while another process works`() throws {
    let fixture = try StudyFixture()
    let claims = try ClaimFolder(
      fixture.folder.file("out-runs/claims"), owner: stranger(3), now: { 0 })
    _ = try claims.take("a")
    var options = fixture.options()
    options.fresh = true
    #expect(
      throws: RunnerError.folderInUse(path: options.runsFolder, holder: "node3 3")
    ) { try fixture.run(options) }
    claims.releaseAll()
    #expect(try fixture.run(options).trained == StudyFixture.runs)
  }
}

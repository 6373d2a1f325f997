import Canonical
import Durable
import Glibc
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct RecordedStudyTests {
  private func folder() throws -> (TemporaryFolder, ResultFolder) {
    let folder = try TemporaryFolder()
    let fixture = try StudyFixture(folder: folder)
    _ = try fixture.run(fixture.options())
    return (folder, ResultFolder(folder.file("out")))
  }

  @Test func `a written result folder reads back`() throws {
    let (owner, folder) = try folder()
    #expect(try folder.records().count == StudyFixture.runs)
    #expect(try folder.finishedRuns().runs.allSatisfy { $0.timing.cost.peakMegabytes == 50 })
    let provenance = try #require(try folder.provenance())
    #expect(provenance.study == "small")
    #expect(provenance.sessions.map(\.runs) == [StudyFixture.runs])
    #expect(provenance.sessions[0].openBLASCore == "Test")
    #expect(provenance.data.map(\.digest) == ["d1"])
    #expect(Provenance(provenance.json) == provenance)
    withExtendedLifetime(owner) {}
  }

  @Test func `an empty folder has no records`() throws {
    let owner = try TemporaryFolder()
    let folder = ResultFolder(owner.file("nothing"))
    #expect(try folder.finishedRuns().runs.isEmpty)
    #expect(try folder.provenance() == nil)
  }

  @Test func `a damaged row is an error that names its line`() throws {
    let (owner, folder) = try folder()
    let path = owner.file("out/runs.csv")
    var lines = String(decoding: try FileContents.read(path), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    lines[3] = String(lines[3].dropLast(20))
    try AtomicFile.write(lines.joined(separator: "\n"), to: path)
    let problem = #expect(throws: ResultFolder.Problem.self) { try folder.records() }
    guard case .damaged(let diagnostics) = problem else {
      Issue.record("another error: \(String(describing: problem))")
      return
    }
    #expect(diagnostics.map(\.location.line) == [4])
    #expect(diagnostics.first?.location.file == path)
  }

  @Test func `damaged timings cost no run`() throws {
    let (owner, folder) = try folder()
    try AtomicFile.write("id,nonsense\n1,2\n", to: owner.file("out/timings.csv"))
    #expect(try folder.finishedRuns().runs.count == StudyFixture.runs)
  }

  // MARK: - What is not as it was written

  /// A study that was trained on another machine: there is its result folder alone.
  private func recorded() throws -> (fixture: StudyFixture, expected: [UInt8]) {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    try Folder.remove(fixture.folder.file("out-runs"))
    return (fixture, try FileContents.read(fixture.folder.file("out/runs.csv")))
  }

  private func edit(_ fixture: StudyFixture, _ change: (inout [String]) -> Void) throws {
    let path = fixture.folder.file("out/runs.csv")
    var lines = String(decoding: try FileContents.read(path), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    change(&lines)
    try AtomicFile.write(lines.map { $0 + "\n" }.joined(), to: path)
  }

  /// A file as earlier versions wrote it, without arithmetic and digest.
  private static func older(_ line: String) -> String {
    line.split(separator: ",", omittingEmptySubsequences: false).dropLast(2)
      .joined(separator: ",")
  }

  @Test(arguments: [
    "a number", "a cell's arm in a file of an earlier version", "a row that is gone",
    "half a row",
  ])
  func `a row that is not as it was written is named and trained again when asked`(
    what: String
  ) throws {
    let (fixture, expected) = try recorded()
    try edit(fixture) { lines in
      switch what {
      case "a number": lines[5] = lines[5].replacing(",no,", with: ",yes,")
      case "a row that is gone": lines.remove(at: 5)
      case "half a row": lines[5] = String(lines[5].dropLast(30))
      default:
        lines = lines.map(Self.older)
        lines[15] = lines[15].replacing(",plain,", with: ",Dropout,")
          .replacing(",Shakeout,", with: ",plain,")
      }
    }
    var options = fixture.options()
    let problem = #expect(throws: ResultFolder.Problem.self) { try fixture.run(options) }
    guard case .damaged(let diagnostics) = problem else {
      Issue.record("another error: \(String(describing: problem))")
      return
    }
    #expect(diagnostics.count == 1)
    options.retrainsDamaged = true
    #expect(try fixture.run(options).trained == 1)
    #expect(
      try ResultFolder(fixture.folder.file("out")).records().map(\.weightsDigest)
        == (try RecordedRuns(String(decoding: expected, as: UTF8.self), file: "").records
          .map(\.weightsDigest)))
  }

  @Test func `a row that was edited comes back from the journal`() throws {
    let fixture = try StudyFixture()
    _ = try fixture.run(fixture.options())
    let expected = try FileContents.read(fixture.folder.file("out/runs.csv"))
    try edit(fixture) { $0[5] = $0[5].replacing(",no,", with: ",yes,") }
    #expect(try fixture.run(fixture.options()).trained == 0)
    #expect(try FileContents.read(fixture.folder.file("out/runs.csv")) == expected)
  }

  // MARK: - Files of others

  @Test func `files of other programs in the result folder stay`() throws {
    let fixture = try StudyFixture()
    let names = ["out/series/mine.csv", "out/figures/mine.svg", "out/paper.tex"]
    for name in names { try fixture.folder.write("mine", name) }
    for _ in 0..<2 {
      _ = try fixture.run(fixture.options())
      let folder = ResultFolder(fixture.folder.file("out"))
      try folder.write(["figures/a.svg": "<svg/>"], removing: ResultFolder.figuresPrefix)
      try folder.write(["figures/b.svg": "<svg/>"], removing: ResultFolder.figuresPrefix)
      #expect(!FileContents.exists(fixture.folder.file("out/figures/a.svg")))
      for name in names {
        #expect(try FileContents.read(fixture.folder.file(name)) == Array("mine".utf8))
      }
    }
  }

  @Test(arguments: ["runs.csv", "table.csv", "timings.csv"])
  func `a foreign file in the place of a result is found before the first run`(
    name: String
  ) throws {
    let fixture = try StudyFixture()
    try fixture.folder.write("mine", "out/\(name)")
    let pool = ScriptedPool()
    #expect(throws: ResultFolder.Problem.self) { try fixture.run(fixture.options(), pool) }
    #expect(pool.started == 0)
    #expect(
      try FileContents.read(fixture.folder.file("out/\(name)")) == Array("mine".utf8))
  }

  @Test func `an impossible result folder is found before the first run`() throws {
    for place in ["file", "link", String(repeating: "x", count: 300)] {
      let fixture = try StudyFixture()
      try fixture.folder.write("x", "file")
      symlink("/nowhere/at/all", fixture.folder.file("link"))
      var options = fixture.options()
      options.outFolder = fixture.folder.file(place)
      let pool = ScriptedPool()
      #expect(throws: FileError.self) { try fixture.run(options, pool) }
      #expect(pool.started == 0)
    }
  }

  @Test func `fresh is refused while another has opened the journal`() throws {
    let fixture = try StudyFixture()
    var fresh = fixture.options()
    fresh.fresh = true
    let pool = ScriptedPool()
    var refusals = 0
    pool.onWait = {
      do { _ = try fixture.run(fresh, ScriptedPool(), observer: EventList()) } catch {
        if case RunnerError.folderInUse = error { refusals += 1 }
      }
    }
    #expect(try fixture.run(fixture.options(), pool).trained == StudyFixture.runs)
    #expect(refusals > StudyFixture.runs / 2)
  }

  @Test func `a result folder has one place of work however it is named`() throws {
    let fixture = try StudyFixture()
    let out = fixture.folder.file("some/where")
    let places = [out, out + "/", fixture.folder.file("some/./where")].map {
      StudyFolders(fixture.study, out: $0).runs
    }
    try Folder.create(places[0])
    let identities = places.map { FileContents.identity(of: $0)?.inode }
    #expect(identities.allSatisfy { $0 != nil && $0 == identities[0] })
    let usual = fixture.folder.file("results/small/full")
    #expect(
      StudyFolders(fixture.study, out: usual + "/").runs.hasSuffix("/runs/small/full"))
    #expect(StudyFolders(fixture.study).runs == "runs/small/full")
  }
}

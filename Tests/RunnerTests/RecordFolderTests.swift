import Canonical
import Durable
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct RecordFolderTests {
  private func folder() throws -> (TemporaryFolder, RecordFolder) {
    let folder = try TemporaryFolder()
    let fixture = try StudyFixture(folder: folder)
    _ = try fixture.run(fixture.options())
    return (folder, RecordFolder(folder.file("out")))
  }

  @Test func `what was written is read`() throws {
    let (owner, folder) = try folder()
    #expect(try folder.records().count == StudyFixture.runs)
    #expect(try folder.entries().allSatisfy { $0.timing.cost.peakMegabytes == 50 })
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
    let folder = RecordFolder(owner.file("nothing"))
    #expect(try folder.records().isEmpty)
    #expect(try folder.provenance() == nil)
  }

  @Test func `a damaged row is an error that names its line`() throws {
    let (owner, folder) = try folder()
    let path = owner.file("out/runs.csv")
    var lines = String(decoding: try FileContents.read(path), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    lines[3] = String(lines[3].dropLast(20))
    try AtomicFile.write(lines.joined(separator: "\n"), to: path)
    let problem = #expect(throws: RunnerError.self) { try folder.records() }
    guard case .damagedRecord(let place, _) = problem else {
      Issue.record("another error: \(String(describing: problem))")
      return
    }
    #expect(place == "\(path):4")
  }

  @Test func `damaged timings cost no run`() throws {
    let (owner, folder) = try folder()
    try AtomicFile.write("id,nonsense\n1,2\n", to: owner.file("out/timings.csv"))
    #expect(try folder.entries().count == StudyFixture.runs)
  }
}

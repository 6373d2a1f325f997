import Durable
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct RecordedSeriesTests {
  private static let text = StudyFixture.text.replacing(
    "\"trials\": 2", with: "\"trials\": 2, \"measure\": [\"unitMaxima\"]")
  private static let files = ["runs.csv", "series/unitMaxima.csv"]

  private func contents(_ fixture: StudyFixture) throws -> [[UInt8]] {
    try Self.files.map { try FileContents.read(fixture.folder.file("out/\($0)")) }
  }

  /// A study that was trained, with its events forgotten.
  private func trained() throws -> StudyFixture {
    let fixture = try StudyFixture(Self.text)
    #expect(try fixture.run(fixture.options()).trained == StudyFixture.runs)
    return fixture
  }

  private func edit(_ fixture: StudyFixture, _ change: (inout [String]) -> Void) throws {
    let path = fixture.folder.file("out/series/unitMaxima.csv")
    var lines = String(decoding: try FileContents.read(path), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    change(&lines)
    try AtomicFile.write(lines.map { $0 + "\n" }.joined(), to: path)
  }

  @Test func `final runs have their rows in the order of runs`() throws {
    let fixture = try trained()
    let records = try ResultFolder(fixture.folder.file("out")).records()
    let final = records.filter { $0.stage == .final }
    #expect(final.allSatisfy { $0.seriesDigest.count == 16 })
    #expect(records.filter { $0.stage != .final }.allSatisfy { $0.seriesDigest == "" })
    let text = String(
      decoding: try FileContents.read(fixture.folder.file("out/series/unitMaxima.csv")),
      as: UTF8.self)
    let runs = try SeriesCSV.parse(text, name: "unitMaxima", file: "f").get()
    #expect(runs.map(\.id) == final.map(\.id))
    #expect(runs.map(\.trial) == final.map(\.trial) && runs.map(\.axes) == final.map(\.axes))
    #expect(runs.allSatisfy { $0.series.points.count == 3 })
  }

  @Test func `committed series are taken over`() throws {
    let fixture = try trained()
    let expected = try contents(fixture)
    // Another machine has the result folder alone.
    try Folder.remove(fixture.folder.file("out-runs"))
    #expect(try fixture.run(fixture.options()).trained == 0)
    #expect(try contents(fixture) == expected)
    #expect(!fixture.events.all.contains { if case .incomplete = $0 { true } else { false } })
  }

  @Test func `with the journal lost files come back`() throws {
    let fixture = try trained()
    let expected = try contents(fixture)
    try Folder.remove(fixture.folder.file("out/series"))
    #expect(try fixture.run(fixture.options()).trained == 0)
    #expect(try contents(fixture) == expected)
  }

  @Test func `runs whose rows lack or differ are trained again`() throws {
    let changes: [(name: String, runs: Int, change: (inout [String]) -> Void)] = [
      ("one point", 1, { $0.remove(at: 2) }), ("a run", 1, { $0.removeSubrange(1...3) }),
      ("all", 12, { $0.removeSubrange(1...) }),
      ("another number", 1, { $0[5] = $0[5].replacing(",1,", with: ",1.5,") }),
    ]
    for (name, runs, change) in changes {
      let fixture = try trained()
      let expected = try contents(fixture)
      try Folder.remove(fixture.folder.file("out-runs"))
      try edit(fixture, change)
      let summary = try fixture.run(fixture.options())
      #expect(summary.trained == runs, "\(name)")
      let told = fixture.events.all.compactMap { event -> Int? in
        if case .incomplete(let count) = event { count } else { nil }
      }
      #expect(told == [runs], "\(name)")
      #expect(try contents(fixture) == expected, "\(name)")
    }
  }

  @Test func `a damaged file is an error that names its line`() throws {
    let fixture = try trained()
    try edit(fixture) { $0[4] = String($0[4].prefix(24)) }
    let problem = #expect(throws: ResultFolder.Problem.self) {
      _ = try ResultFolder(fixture.folder.file("out")).finishedRuns()
    }
    guard case .damaged(let diagnostics) = problem else {
      Issue.record("another error: \(String(describing: problem))")
      return
    }
    #expect(diagnostics.map(\.location.line) == [5])
    #expect(
      diagnostics.first?.location.file == fixture.folder.file("out/series/unitMaxima.csv"))
  }

  @Test func `files of what is no longer measured go but stay in the journal`() throws {
    let fixture = try trained()
    let expected = try contents(fixture)
    let plain = try StudyFixture(folder: fixture.folder)
    // Candidates are the same runs whatever is measured.
    #expect(try plain.run(plain.options()).trained == 12)
    #expect(!FileContents.exists(fixture.folder.file("out/series/unitMaxima.csv")))
    #expect(try fixture.run(fixture.options()).trained == 0)
    #expect(try contents(fixture) == expected)
  }

  @Test func `the journal keeps what was measured`() throws {
    let folder = try TemporaryFolder()
    var entry = JournalTests.entry("one")
    entry.series = [
      Series(name: "x", points: [SeriesPoint(curve: "a,\"b\"", x: 0.1, y: .nan)]),
      Series(images: [
        FilterImage(unit: 0, width: 1, height: 1, low: -1, high: 1, pixels: [9])
      ]),
    ]
    entry.record.seriesDigest = Series.digest(entry.series)
    let journal = try Journal(runsFolder: folder.path)
    try journal.append(entry)
    let found = try #require(try Journal.runs(in: folder.path, except: []).first)
    #expect(found.series == entry.series && found.record == entry.record)
    // A line of which the series are not the record's is none.
    entry.record.seriesDigest = "0000000000000000"
    try journal.append(entry)
    #expect(try Journal.runs(in: folder.path, except: []).count == 1)
  }
}

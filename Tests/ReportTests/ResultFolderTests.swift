import Canonical
import Durable
import Study
import TestSupport
import Testing

@testable import Report

@Suite struct ResultFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func record(_ study: StudySpec, _ records: [RunRecord]) throws {
    let provenance = JSONValue.object([
      "study": .string(study.name), "resolved": study.snapshot,
    ])
    try folder.write(Array(provenance.prettyText.utf8), "provenance.json")
    try folder.write(
      Array(RecordedRuns.csv(records, axes: study.axes.map(\.key)).utf8), "runs.csv")
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try FileContents.read(folder.file(name)), as: UTF8.self)
  }

  @Test(arguments: [nil, "smoke"])
  func `the records make the same tables`(profile: String?) throws {
    let study = try ReportFixture.study(
      profile, settings: ["training.batch=32"], only: ["arm=Dropout", "n=500"])
    let records = ReportFixture.records([("500", "Dropout", [6.2, 6.1])])
    let result = ResultFolder(folder.file("new/folder"))
    try result.write(ResultTable(study: study, records: records))
    let csv = try text("new/folder/table.csv")
    let markdown = try text("new/folder/table.md")
    let picture = try text("new/folder/table.svg")
    #expect(csv.split(separator: "\n").count == 4)

    try record(study, records.reversed())
    let again = try ResultFolder(folder.path).table()
    #expect(CSVExport.text(again) == csv)
    #expect(MarkdownRenderer.text(again) == markdown)
    #expect(SVGRenderer.text(again) == picture)
  }

  @Test func `an empty folder is told from a damaged one`() throws {
    let result = ResultFolder(folder.path)
    do {
      _ = try result.table()
      Issue.record("a folder without records has no table")
    } catch .unreadable(let error) {
      #expect(error.isMissing)
      #expect(error.path == folder.file("provenance.json"))
    } catch {
      Issue.record("expected a missing file, found \(error.message)")
    }
  }

  @Test(arguments: [
    ("{", "provenance.json"), ("{}", "resolved"), (#"{"resolved": {}}"#, "document"),
    (#"{"resolved": {"profile": "paper", "document": {"study": "x"}}}"#, "trials"),
  ])
  func `damaged provenance`(text: String, mention: String) throws {
    try folder.write(Array(text.utf8), "provenance.json")
    do {
      _ = try ResultFolder(folder.path).table()
      Issue.record("damage must not pass")
    } catch {
      #expect(error.message.contains(mention))
    }
  }

  @Test func `damaged records`() throws {
    try record(try ReportFixture.study(), ReportFixture.records())
    try folder.write(Array("id,what\n1,2\n".utf8), "runs.csv")
    do {
      _ = try ResultFolder(folder.path).table()
      Issue.record("damage must not pass")
    } catch .damaged(let diagnostics) {
      #expect(diagnostics.first?.location.file == folder.file("runs.csv"))
    } catch {
      Issue.record("expected damage, found \(error.message)")
    }
  }

  @Test func `a folder that cannot be written is an error`() throws {
    try folder.write(Array("a file".utf8), "taken")
    #expect(throws: FileError.self) {
      try ResultFolder(folder.file("taken/inside")).write(try ReportFixture.table())
    }
  }
}

import Durable
import Study
import Testing

@testable import Report

/// What is committed below `results/` must be what its records make: anybody can make it again.
@Suite struct CommittedResultsTests {
  private static let results =
    #filePath.split(
      separator: "/", omittingEmptySubsequences: false
    ).dropLast(3).joined(separator: "/") + "/results"

  /// `<study>/<profile>` with a table; smoke profiles are nobody's results.
  private static let folders: [String] = {
    let studies = (try? Folder.entries(results)) ?? []
    return studies.flatMap { study in
      ((try? Folder.entries(PathName.join(results, study))) ?? []).map { "\(study)/\($0)" }
    }.filter {
      !$0.hasSuffix("/smoke") && FileContents.exists("\(results)/\($0)/provenance.json")
    }
  }()

  private func text(_ path: String) throws -> String {
    String(decoding: try FileContents.read(path), as: UTF8.self)
  }

  @Test(
    .enabled(if: !folders.isEmpty, "no result is committed below results/"),
    arguments: folders)
  func `tables and figures are made of the records`(name: String) throws {
    let folder = ResultFolder(PathName.join(Self.results, name))
    let table = try folder.table()
    let advice: Comment = "make it again: regbench table results/\(name) --write"
    #expect(try text("\(folder.path)/table.csv") == CSVExport.text(table), advice)
    #expect(try text("\(folder.path)/table.md") == MarkdownRenderer.text(table), advice)
    #expect(try text("\(folder.path)/table.svg") == SVGRenderer.text(table), advice)
    let figures = try folder.figures().figures
    let drawn = PathName.join(folder.path, "figures")
    let present =
      FileContents.exists(drawn)
      ? try Folder.entries(drawn).filter { $0.hasSuffix(".svg") } : []
    #expect(Set(present) == Set(figures.map(\.fileName)), advice)
    for figure in figures where present.contains(figure.fileName) {
      let isSame = try text(PathName.join(drawn, figure.fileName)) == figure.svg
      #expect(isSame, "\(figure.fileName): \(advice)")
    }
  }

  @Test(
    .enabled(if: !folders.isEmpty, "no result is committed below results/"),
    arguments: folders)
  func `every recorded run is one of its study`(name: String) throws {
    let folder = ResultFolder(PathName.join(Self.results, name))
    let study = try folder.study()
    let data = try #require(try folder.provenance()).data
    // They are written in the order of their keys.
    let keys = Set(study.upperBound.map(\.example.dataKey)).sorted()
    try #require(keys.count == data.count)
    let records = try folder.records()
    let ids = RunIDs(data: Dictionary(uniqueKeysWithValues: zip(keys, data)), weights: [:])
    let agenda = StudyAgenda(study, ids: ids, records: records)
    #expect(agenda.finishedCount == records.count)
    #expect(agenda.differences.map(\.message).isEmpty)
  }

  @Test func `the index is made of the records`() throws {
    let readme = try text(PathName.join(Self.results, "README.md"))
    let made = IndexMarkdown.inserting(try ResultsFolder(Self.results).entries(), into: readme)
    #expect(made == readme, "make it again: regbench report results")
  }
}

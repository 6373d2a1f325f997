import Durable
import Study
import Testing

@testable import Runner

/// `--first` changes the order of the work and nothing else.
@Suite struct CellPriorityTests {
  /// The cells in the order in which they were started, and the records.
  private func run(_ first: [String]) throws -> (cells: [Cell], records: [UInt8]) {
    let fixture = try StudyFixture()
    var options = fixture.options()
    options.jobs = 1
    options.priority = try fixture.study.priority(first).get()
    #expect(try fixture.run(options).trained == StudyFixture.runs)
    let cells = fixture.events.all.compactMap { event in
      if case .started(let running, _) = event { running.cell } else { nil }
    }
    return (cells, try FileContents.read(fixture.folder.file("out/runs.csv")))
  }

  private func size(_ cell: Cell) -> String? { cell.axes.first?.value }

  @Test func `the row named by --first is finished before the others begin`() throws {
    let usual = try run([])
    #expect(usual.cells.count == StudyFixture.runs)
    #expect(size(usual.cells[0]) == "50")
    let large = try run(["trainSize=100"])
    #expect(large.cells.prefix(StudyFixture.runs / 2).allSatisfy { size($0) == "100" })
    #expect(large.cells.suffix(StudyFixture.runs / 2).allSatisfy { size($0) == "50" })
    #expect(large.records == usual.records)
  }

  @Test func `several --first options are followed in their order`() throws {
    let cells = try run(["n=100,arm=plain", "n=50,arm=plain"]).cells
    #expect(
      cells.prefix(4).map { "\($0.arm) \(size($0) ?? "")" }
        == ["plain 100", "plain 100", "plain 50", "plain 50"])
  }

  @Test func `unknown keys and values are errors`() throws {
    let study = try StudyFixture().study
    for (option, message) in [
      ("arm=Dropuot", "no arm of the study is \"Dropuot\""), ("arm", "not of the form key=value"),
      ("size=1", "the study has no axis \"size\""),
    ] {
      guard case .failure(let problem) = study.priority([option]) else {
        Issue.record("\(option) is no error")
        continue
      }
      #expect(problem.text.contains("--first \(option)"))
      #expect(problem.text.contains(message))
    }
  }
}

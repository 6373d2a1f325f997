import Study
import Testing

@testable import Report

@Suite struct CommonTrialsTests {
  private func table(_ left: (RunRecord) -> Bool) throws -> ResultTable {
    let errors = ReportFixture.errors.map { ($0.size, $0.arm, $0.errors.map { $0 ?? 3 }) }
    return ResultTable(
      study: try ReportFixture.study(),
      records: ReportFixture.records(errors.map { ($0.0, $0.1, $0.2) }).filter(left))
  }

  @Test func `an unfinished table has equal numbers of runs`() throws {
    // Five of six rows have finished the second trial.
    let table = try table {
      $0.trial == 1 || $0.trial == 2 && $0.arm != "Shakeout"
        || $0.axes[1].value == "500" && $0.trial == 2
    }
    #expect(table.equalCount == 1)
    #expect(table.laterRuns == 5)
    #expect(table.sections[0].lines.allSatisfy { $0.count <= 1 })
    #expect(
      table.remarks.contains(
        "Unfinished: 11 of 18 final runs. Only trials that every row has are shown; 5 more runs "
          + "are recorded."))
  }

  @Test func `without a common trial all is shown`() throws {
    let table = try table { $0.arm == "std-BP" }
    #expect(table.equalCount == nil)
    #expect(table.sections[0].lines.contains { $0.count == 3 })
  }

  @Test func `a finished table has all`() throws {
    let table = try table { _ in true }
    #expect(table.equalCount == 3)
    #expect(table.laterRuns == 0)
  }
}

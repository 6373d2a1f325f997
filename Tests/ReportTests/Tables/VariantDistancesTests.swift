import Study
import Testing

@testable import Report

/// The study of what Shakeout's paper leaves open, on invented runs.
@Suite struct VariantDistancesTests {
  private let study: StudySpec
  init() throws { study = try RepositoryConfigs.study("beyond/shakeout-protocol") }

  /// Final runs whose error is the one printed for the arm, and more with each change of the protocol.
  private func records(_ keep: (Cell) -> Bool = { _ in true }) -> [RunRecord] {
    let printed = ["std-BP": 9.76, "Dropout": 6.16, "Dropout at 0.5": 6.16, "Shakeout": 4.83]
    let planned = study.upperBound.filter { $0.isFinal && keep($0.example) }
    return planned.flatMap { runs in
      (1...study.trials).map { trial in
        let cell = runs.example
        let isChanged = cell.axes[0].value.hasPrefix("none")
        let excess = isChanged ? 1.5 : cell.arm == "Dropout at 0.5" ? -0.3 : 0
        var record = ReportFixture.record(
          size: "", arm: cell.arm, trial: trial, error: printed[cell.arm, default: 0] + excess)
        record.axes = cell.axes
        record.id = "\(cell.name) \(trial)"
        return record
      }
    }
  }

  private func table(_ records: [RunRecord]) throws -> Table {
    let blocks = ResultTable(study: study, records: records).distanceBlocks
    for case .table(let table) in blocks { return table }
    throw Missing()
  }
  private struct Missing: Error {}

  @Test func `each variant's distance to the printed row is shown, with either Dropout`() throws {
    let table = try table(records())
    #expect(
      table.header.dropFirst() == [
        "std-BP", "Dropout", "Dropout at 0.5", "Shakeout", "mean distance, Dropout",
        "mean distance, Dropout at 0.5",
      ])
    let rows = table.rows.map { $0.map(\.text) }
    #expect(rows.count == 4)
    #expect(rows[0][0] == "ReLU behind convolutions / 500 / caffe-xavier")
    #expect(rows[0].dropFirst() == ["0.00", "0.00", "-0.30", "0.00", "0.00", "0.10"])
    #expect(rows[2].dropFirst() == ["1.50", "1.50", "1.50", "1.50", "1.50", "1.50"])
  }

  @Test func `a distance waits for all columns`() throws {
    let table = try table(records { $0.arm != "Shakeout" || $0.axes[0].value.hasPrefix("none") })
    let row = table.rows[0].map(\.text)
    #expect(row.dropFirst() == ["0.00", "0.00", "-0.30", "–", "–", "–"])
  }

  @Test func `nothing is judged`() throws {
    let result = ResultTable(study: study, records: records())
    #expect(result.sections.allSatisfy { $0.verdicts.isEmpty })
    let text = MarkdownRenderer.text(result)
    #expect(text.contains("## Distance to the published numbers"))
    #expect(text.contains("500, Dropout: 6.16"))
    #expect(text.contains("none is judged"))
  }

  @Test func `nothing trained, nothing is shown`() {
    #expect(ResultTable(study: study, records: []).distanceBlocks.isEmpty)
  }
}

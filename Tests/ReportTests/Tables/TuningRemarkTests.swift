import Canonical
import Study
import Testing

@testable import Report

/// What tables and figures say of the search for hyper-parameters.
@Suite struct TuningRemarkTests {
  private static let config = ReportFixture.config.replacing(
    #"{"name": "shakeout", "drop": 0.4, "c": "1/sqrt(n)"}"#,
    with: """
      {"name": "shakeout", "drop": {"select": [0, -0.1], "relativeTo": "Dropout.drop"},
       "c": {"select": ["0.1/sqrt(n)", "1/sqrt(n)"]}}
      """
  ).replacing(
    #""profiles": {"#, with: #""figures": ["errorAgainstTuning"], "profiles": {"#)

  private func candidate(
    _ size: String, _ arm: String, _ values: (name: String, value: Double)..., error: Double
  ) -> RunRecord {
    var record = ReportFixture.record(
      size: size, arm: arm, trial: 0, error: error, stage: .selection)
    record.hyperparameters = values.map { Hyperparameter(name: $0.name, value: $0.value) }
    record.id += values.map { "\($0.value)" }.joined()
    return record
  }

  private func dropout(_ size: String) -> [RunRecord] {
    [0.4, 0.5].map { candidate(size, "Dropout", ("drop", $0), error: 6 + $0) }
  }

  private func shakeout(_ size: String) -> [RunRecord] {
    [0.4, 0.5].flatMap { drop in
      [0.0044721359549995794, 0.044721359549995794].map {
        candidate(size, "Shakeout", ("drop", drop), ("c", $0), error: 5 + drop)
      }
    }
  }

  private func table(_ records: [RunRecord]) throws -> ResultTable {
    ResultTable(study: try ReportFixture.study(config: Self.config), records: records)
  }

  private func remark(_ records: [RunRecord]) throws -> String? {
    try table(records).sections[0].tuningRemark
  }

  @Test func `a search that starts from another arm's choice names that one's cost`() throws {
    let finals = ReportFixture.records(Array(ReportFixture.errors.prefix(3)))
    #expect(
      try remark(finals + dropout("500") + shakeout("500"))
        == "Candidates tried for each cell: std-BP none; Dropout 2; Shakeout 4, after Dropout's 2.")
  }

  @Test func `the count of an unfinished row is not the arm's`() throws {
    let finals = ReportFixture.records(Array(ReportFixture.errors.prefix(3)))
    let begun = Array(dropout("1000").prefix(1))
    #expect(
      try remark(finals + dropout("500") + shakeout("500") + begun)
        == "Candidates tried for each cell: std-BP none; Dropout 2; Shakeout 4, after Dropout's 2.")
    #expect(
      try remark(begun)
        == "Candidates tried for each cell: std-BP none; Dropout unfinished; Shakeout unfinished.")
  }

  @Test func `a table of which nothing is selected yet says nothing of it`() throws {
    #expect(try remark([]) == nil)
    let section = try table(dropout("500")).sections[0]
    #expect(section.tuningRemark != nil)
    #expect(try ReportFixture.smokeTable().sections[0].tuningRemark == nil)
  }

  @Test func `the figure says which search comes after another`() throws {
    let finals = ReportFixture.records(Array(ReportFixture.errors.prefix(3)))
    let figures = FigureSet(
      study: try ReportFixture.study(config: Self.config),
      records: finals + dropout("500") + shakeout("500"), series: [:]
    ).figures
    let drawing = try #require(figures.first)
    let words = drawing.svg.split(separator: ">").joined(separator: " ")
    #expect(words.contains("come after Dropout"))
    #expect(!words.contains("is not finished"))
    let begun = FigureSet(
      study: try ReportFixture.study(config: Self.config), records: dropout("500"), series: [:]
    ).figures
    #expect(begun.first?.svg.contains("The search of Dropout is not finished") == true)
  }
}

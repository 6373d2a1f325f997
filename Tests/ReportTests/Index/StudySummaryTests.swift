import Study
import Testing

@testable import Report

@Suite struct StudySummaryTests {
  private func summary(
    _ profile: String? = nil, _ records: [RunRecord] = ReportFixture.records(),
    settings: [String] = []
  ) throws -> StudySummary {
    let study = try ReportFixture.study(profile, settings: settings)
    return StudySummary(
      StudyRecords(
        folder: "", study: study, records: records,
        table: ResultTable(study: study, records: records),
        figures: FigureSet(study: study, records: records, series: [:]), provenance: nil,
        timings: [:], commentary: []))
  }

  @Test func `verdicts and claims`() throws {
    #expect(
      try summary().line
        == "6 cells: 4 reproduced, 2 undecided; claims: 3 of 3 confirmed, 3 with too few runs"
    )
    #expect(try summary().runs == "all 18")
    #expect(try summary().isJudged)
  }

  @Test func `claims on unverified data are said to be as run`() throws {
    var records = ReportFixture.records()
    for index in records.indices { records[index].isVerified = false }
    #expect(
      try summary(nil, records).line == "claims, as run: 3 of 3 confirmed, 3 with too few runs")
  }

  @Test func `a reduced profile is never judged`() throws {
    let records = ReportFixture.records([
      ("500", "std-BP", [9, 8]), ("500", "Dropout", [6.2, 6.1]),
    ])
    #expect(try summary("smoke", records).line.hasPrefix("reduced profile: none is judged"))
    #expect(
      try summary(nil, ReportFixture.records(), settings: ["seed=2"]).line
        .hasPrefix("altered study: none is judged"))
  }

  @Test func `runs of a grid of two axes are counted`() throws {
    let study = try ReportFixture.study(
      config: """
        {
          "study": "grid", "trials": 1, "dataset": {"name": "mnist-5k", "validation": 500},
          "network": {"name": "mlp", "hidden": [8]},
          "axes": {"trainSize": [300, 600], "training.batch": [10, 20]},
          "training": {"iterations": 60, "optimizer": {"momentum": 0.9},
            "learningRate": {"base": 0.01}},
          "arms": [{"name": "plain"}]
        }
        """)
    let records = study.rows.prefix(3).map { row in
      var record = ReportFixture.record(
        size: row.axes.map(\.value).joined(), arm: row.arm, trial: 1, error: 5)
      record.axes = row.axes
      return record
    }
    let summary = StudySummary(
      StudyRecords(
        folder: "", study: study, records: records,
        table: ResultTable(study: study, records: records),
        figures: FigureSet(study: study, records: records, series: [:]),
        provenance: nil, timings: [:], commentary: []))
    #expect(summary.runs == "3 of 4")
    #expect(summary.stateSentences == ["Test error: finished 300; begun 600 (1 of 2 runs)"])
  }

  @Test func `the summary lists the rows`() throws {
    let records = ReportFixture.records([
      ("500", "std-BP", [9, 8, 9]), ("500", "Dropout", [6, 6, 6]), ("500", "Shakeout", [5, 5, 5]),
      ("1000", "Dropout", [6.2]),
    ])
    #expect(
      try summary(nil, records).stateSentences
        == ["Table 3: finished 500; begun 1000 (1 of 9 runs)"])
    #expect(try summary().stateSentences == ["Table 3: all 2 rows finished"])
    let smoke = ReportFixture.records([
      ("500", "std-BP", [9, 8]), ("500", "Dropout", [6, 6]), ("500", "Shakeout", [5, 5]),
    ])
    #expect(try summary("smoke", smoke).stateSentences == ["Table 3: finished"])
    #expect(try summary(nil, []).stateSentences == ["Table 3: missing 500, 1000"])
    #expect(try summary(nil, records).runs == "10 of 18")
  }
}

import Study
import Testing

@testable import Report

@Suite struct ResultTableTests {
  /// Every export of a table, for comparing bytes.
  private func exports(_ table: ResultTable) -> [String] {
    [
      CSVExport.text(table), MarkdownRenderer.text(table), TextRenderer.text(table, width: 80),
      LaTeXRenderer.text(table), JSONExport.text(table), SVGRenderer.text(table),
    ]
  }

  @Test func `the order of the records plays no part`() throws {
    let study = try ReportFixture.study()
    let records = ReportFixture.records()
    let expected = exports(ResultTable(study: study, records: records))
    var shuffled = records
    for step in 1...6 {
      // A fixed permutation of the records, another one each time.
      shuffled = shuffled.indices.map { shuffled[($0 * 5 + step) % shuffled.count] }
      #expect(Set(shuffled.map(\.id)).count == records.count)
      #expect(exports(ResultTable(study: study, records: shuffled)) == expected)
    }
    #expect(exports(ResultTable(study: study, records: records.reversed())) == expected)
  }

  @Test func `verdicts of the full profile`() throws {
    let table = try ReportFixture.table()
    let section = try #require(table.sections.first)
    #expect(table.sections.count == 1)
    #expect(section.rows == ["500", "1000"])
    #expect(section.columns == ["std-BP", "Dropout", "Shakeout"])
    func verdict(_ row: String, _ column: String) -> Verdict? {
      section.line(row: row, column: column, .last)?.verdict
    }
    #expect(verdict("500", "Shakeout") == .reproduced)
    #expect(verdict("1000", "Dropout") == .undecided)
    #expect(section.lines.allSatisfy { $0.selection == .last || $0.verdict == nil })
    #expect(table.reduction == "Differs from the paper's protocol: 3 trials instead of 5.")
  }

  @Test func `diverged runs are counted and left out`() throws {
    let section = try #require(try ReportFixture.table().sections.first)
    let some = try #require(section.line(row: "1000", column: "Dropout", .last))
    #expect(some.count == 2)
    #expect(some.diverged == 1)
    #expect(some.text == "4.05 ± 0.07 (2, 1 diverged)")
    let all = try #require(section.line(row: "1000", column: "Shakeout", .last))
    #expect(all.text == "diverged (3)")
    #expect(all.mean == nil)
  }

  @Test func `one run has no spread`() throws {
    let study = try ReportFixture.study(settings: ["trials=1"])
    let table = ResultTable(
      study: study, records: ReportFixture.records([("500", "Dropout", [6.2])]))
    let line = try #require(table.lines.first)
    #expect(line.text == "6.20 (1)")
    #expect(line.spread == nil)
    #expect(line.publishedText == "6.16 ± 0.23")
  }

  @Test func `a reduced profile is never judged`() throws {
    let table = try ReportFixture.smokeTable()
    let section = try #require(table.sections.first)
    #expect(section.verdicts == [.reducedProfile])
    #expect(section.table(.last).marks == nil)
    #expect(table.reduction?.hasPrefix("This is the reduced profile \"smoke\"") == true)
  }

  @Test func `results on other data never stand under the paper's name`() throws {
    // Even in the full profile: the paper's table on the embedded digits is another experiment.
    let study = try ReportFixture.study(
      settings: ["dataset.name=mnist-5k", "dataset.validation=1000"])
    let records = ReportFixture.records([("500", "std-BP", [9.7, 9.8, 9.9])])
    let section = try #require(ResultTable(study: study, records: records).sections.first)
    #expect(section.title.hasSuffix("here on mnist-5k instead of MNIST"))
    #expect(section.explanation.hasSuffix("what the paper prints, on MNIST."))
    #expect(section.verdicts == [.reducedProfile])
  }

  @Test func `a study that says it is reduced is not judged`() throws {
    let study = try ReportFixture.study(settings: ["reduced=less of everything"])
    let section = try #require(
      ResultTable(study: study, records: ReportFixture.records()).sections.first)
    #expect(section.verdicts == [.reducedProfile])
  }

  @Test func `an altered study is not judged`() throws {
    let study = try ReportFixture.study(settings: ["training.batch=32"])
    let table = ResultTable(study: study, records: ReportFixture.records())
    #expect(table.sections.first?.verdicts == [.altered])
    #expect(table.reduction?.contains("nothing is judged") == true)
  }

  @Test func `unverified data are never compared`() throws {
    var records = ReportFixture.records()
    records[0].isVerified = false
    let table = ResultTable(study: try ReportFixture.study(), records: records)
    let section = try #require(table.sections.first)
    let lines = section.lines.filter { $0.row == "500" && $0.column == "std-BP" }
    #expect(lines.allSatisfy { $0.publishedMean == nil && $0.verdict == nil })
    #expect(table.remarks.contains { $0.hasPrefix("Unverified data") })
    #expect(section.line(row: "500", column: "Dropout", .last)?.verdict == .reproduced)
  }

  @Test func `user files are named as such, with their digest`() throws {
    let files = """
      "dataset": {"name": "own", "files": "own", "facts": {"height": 28, "width": 28, "channels": 1,
      "classes": 10, "training": 60000, "test": 10000}, "validation": 10000
      """
    let config = ReportFixture.config.split(
      separator: #""dataset": {"name": "mnist", "validation": 10000"#
    ).joined(separator: files)
    let table = ResultTable(
      study: try ReportFixture.study(config: config), records: ReportFixture.records())
    #expect(
      table.remarks.contains(
        "User data: own (SHA-256 d). Nothing is compared with published values."))
    #expect(!table.remarks.contains { $0.hasPrefix("Unverified data") })
    #expect(table.lines.allSatisfy { $0.verdict == nil })
  }

  @Test func `one arm and two axes are a grid, under the labels of the axes`() throws {
    let config = """
      {"study": "grid", "trials": 1, "dataset": {"name": "mnist"},
       "axes": {"training.learningRate.base": {"label": "learning rate", "values": [0.1, 0.2]},
        "training.batch": {"label": "batch", "values": [8, 16]}},
       "network": "lenet", "figures": ["parameterSweep"],
       "training": {"epochs": 1, "optimizer": {}, "learningRate": {}}, "arms": [{"name": "a"}]}
      """
    let records = ["0.1", "0.2"].flatMap { rate in
      ["8", "16"].map { batch in
        var record = ReportFixture.record(
          size: "500", arm: "a", trial: 1, error: (Double(rate) ?? 0) * (Double(batch) ?? 0))
        record.axes = [
          AxisValue(key: "training.learningRate.base", value: rate),
          AxisValue(key: "training.batch", value: batch),
        ]
        record.id = "\(rate) \(batch)"
        return record
      }
    }
    let study = try ReportFixture.study(config: config)
    let table = ResultTable(study: study, records: records)
    let section = try #require(table.sections.first)
    #expect(section.rows == ["0.1", "0.2"] && section.columns == ["8", "16"])
    #expect(section.rowMeaning == "learning rate" && section.columnMeaning == "batch")
    let mean = try #require(section.line(row: "0.2", column: "16", .last)?.mean)
    #expect(abs(mean - 3.2) < 1e-9)
    let source = FigureSource(study: study, records: records, series: [:])
    let sweep = try #require(SweptGroups(source))
    #expect(sweep.parameter == "learning rate" && sweep.combinations == [[]])
    #expect(sweep.lines.map(\.name) == ["batch 8", "batch 16"])
  }

  @Test func `a study without a paper has its axes as rows`() throws {
    let table = ResultTable(
      study: try ReportFixture.ownStudy(), records: ReportFixture.records())
    let section = try #require(table.sections.first)
    #expect(section.rows == ["lenet / 500", "lenet / 1000"])
    #expect(section.rowMeaning == "network / training images")
    #expect(section.columns == ["std-BP", "Dropout", "Shakeout"])
    #expect(!section.hasPublishedNumbers)
    #expect(table.reduction == nil)
    #expect(table.lines.allSatisfy { $0.paper.isEmpty && $0.table == "own" })
  }

  @Test func `cells outside the mapping get their own table`() throws {
    let config = ReportFixture.config.split(separator: #"{"network": "lenet"}"#)
      .joined(separator: #"{"trainSize": 500}"#)
    let table = ResultTable(
      study: try ReportFixture.study(config: config), records: ReportFixture.records())
    #expect(table.sections.map(\.rows) == [["500"], ["lenet / 1000"]])
    #expect(table.sections.map { $0.paper != nil } == [true, false])
  }

  @Test func `equal labels do not mix experiments`() throws {
    let config = ReportFixture.config.split(separator: #""row": "{trainSize}""#)
      .joined(separator: #""row": "500""#)
    let table = ResultTable(
      study: try ReportFixture.study(config: config), records: ReportFixture.records())
    #expect(
      table.sections.first?.rows == [
        "500 (network=lenet, trainSize=500)", "500 (network=lenet, trainSize=1000)",
      ])
    #expect(table.lines.allSatisfy { $0.count + $0.diverged == 3 })
  }

  @Test func `records that are not of the study are ignored`() throws {
    let study = try ReportFixture.study()
    let surplus = [
      ReportFixture.record(size: "500", arm: "Shakeout", trial: 0, error: 1, stage: .selection),
      ReportFixture.record(size: "500", arm: "Dropout", trial: 4, error: 1),
      ReportFixture.record(size: "3000", arm: "Dropout", trial: 1, error: 1),
      ReportFixture.record(size: "500", arm: "Maxout", trial: 1, error: 1),
    ]
    let records = ReportFixture.records()
    #expect(
      exports(ResultTable(study: study, records: records + surplus))
        == exports(ResultTable(study: study, records: records)))
  }

  @Test func `unfinished tables say how far they are`() throws {
    let records = ReportFixture.records([("500", "Dropout", [6.2, 6.1])])
    let table = ResultTable(study: try ReportFixture.study(), records: records)
    #expect(!table.isComplete)
    #expect(table.remarks.contains("Unfinished: 2 of 18 final runs."))
    #expect(table.lines.count == 3)
    let section = try #require(table.sections.first)
    #expect(section.line(row: "1000", column: "Shakeout", .last)?.text == "–")
    #expect(try ReportFixture.table().isComplete)
  }

  @Test func `different cores are named`() throws {
    var records = ReportFixture.records()
    records[3].openBLASCore = "Zen"
    let table = ResultTable(study: try ReportFixture.study(), records: records)
    #expect(
      table.remarks.contains("The runs come from different OpenBLAS cores: Haswell, Zen."))
  }
}

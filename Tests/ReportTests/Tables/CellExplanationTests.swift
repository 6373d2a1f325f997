import Study
import Testing

@testable import Report

@Suite struct CellExplanationTests {
  private func candidate(_ drop: Double, _ error: Double) -> RunRecord {
    var record = ReportFixture.record(
      size: "500", arm: "Dropout", trial: 0, error: error, stage: .selection)
    record.id = "candidate-\(drop)"
    record.hyperparameters = [Hyperparameter(name: "drop", value: drop)]
    return record
  }

  private func trail(_ filter: String) throws -> Result<String, InvalidStudy> {
    let study = try ReportFixture.study()
    let trail = CellExplanation(
      study: study, records: ReportFixture.records() + [candidate(0.4, 7), candidate(0.5, 6)],
      command: ReportFixture.command(study))
    return study.filter(filter, option: "--explain").map {
      TextRenderer.text(trail.blocks($0), width: nil)
    }
  }

  @Test func `--explain leads from a number to its runs`() throws {
    let text = try trail("arm=Dropout,n=500").get()
    #expect(text.hasPrefix("network=lenet, trainSize=500, arm=Dropout\n"))
    #expect(
      text.contains(
        "row 500, column Dropout: 6.15 ± 0.10 (3), published 6.16 ± 0.23 (Shakeout, 2018, 5 runs)"
      ))
    #expect(text.contains("= (6.220 + 6.030 + 6.200) / 3, test_error in percent"))
    #expect(text.contains("95 % t interval ± 0.259"))
    let run = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("Dropout-500-2-final ") })
    #expect(run.contains("      2  6.03 (update 10000) "))
    #expect(run.contains(" 6.00 (update 9000) "))
    #expect(text.contains("hyper-parameters: chosen among 2: drop=0.5"))
    #expect(text.contains("\ncandidate-0.4  drop=0.4                      7.20\n"))
    #expect(text.contains("\ncandidate-0.5  drop=0.5                      6.20  chosen\n"))
    #expect(text.contains("3 trials instead of 5"))
    #expect(text.contains("note on training: The paper names no solver"))
    #expect(!text.contains("Shakeout-500"))
  }

  @Test func `fixed hyper-parameters and diverged runs are named`() throws {
    let text = try trail("arm=Shakeout,trainSize=1000,network=lenet").get()
    #expect(text.contains("hyper-parameters, fixed: drop=0.4, c=0.0447"))
    #expect(text.contains("diverged"))
  }

  @Test func `what is not finished says what is there and what trains the rest`() throws {
    let study = try ReportFixture.study()
    let records =
      [candidate(0.4, 7)]
      + ReportFixture.records([
        ("1000", "Dropout", [4, 4.1, 4.2]), ("1000", "std-BP", [6, 6.1, 6.2]),
      ])
    let trail = CellExplanation(
      study: study, records: records, command: ReportFixture.command(study))
    let text = TextRenderer.text(
      trail.blocks(try study.filter("arm=Dropout", option: "--explain").get()), width: nil)
    // The cell with runs comes first.
    #expect(text.hasPrefix("network=lenet, trainSize=1000, arm=Dropout\n"))
    let rest = try #require(text.split(separator: "network=lenet, trainSize=500").last)
    #expect(rest.contains("hyper-parameters: 1 candidate done, none chosen yet\n"))
    #expect(
      rest.contains(
        "no final run yet: `regbench run study.json --first arm=Dropout,network=lenet,n=500` trains"
      ))
    #expect(!rest.contains("test error  at lowest"))
  }

  @Test func `several rows may match`() throws {
    #expect(
      try trail("arm=Dropout").get().split(separator: "\n").count { $0.hasPrefix("network=") } == 2)
  }

  @Test func `what does not exist is an error`() throws {
    for (filter, words) in [
      ("arm=Dropuot", "no arm of the study is \"Dropuot\""),
      ("size=500", "the study has no axis \"size\""), ("Dropout", "is not of the form key=value"),
    ] {
      guard case .failure(let problem) = try trail(filter) else {
        Issue.record("\(filter) was accepted")
        continue
      }
      #expect(problem.text.hasPrefix("--explain \(filter): error: "))
      #expect(problem.text.contains(words))
      #expect(problem.diagnostics[0].advice != nil)
    }
  }

  @Test func `the grid of candidates says what was chosen and by what margin`() throws {
    let table = ResultTable(
      study: try ReportFixture.study(),
      records: ReportFixture.records() + [candidate(0.4, 7), candidate(0.5, 6)])
    let grid = try #require(table.selectionTable)
    #expect(
      grid.wide.rows.dropFirst() == [
        ["lenet", "500", "Dropout", "2", "drop=0.5", "6.20", "7.20", "drop"]
      ])
  }

  @Test func `notes belong to the arm of exactly that name`()
    throws
  {
    let config = ReportFixture.config
      .replacing(#"{"name": "std-BP"}"#, with: #"{"name": "Drop", "note": "of Drop"}"#)
      .replacing(#"{"name": "Dropout","#, with: #"{"name": "Dropout", "note": "of Dropout","#)
    let study = try ReportFixture.study(config: config)
    let trail = CellExplanation(
      study: study, records: ReportFixture.records(), command: ReportFixture.command(study))
    func text(_ filter: String) throws -> String {
      TextRenderer.text(
        trail.blocks(try study.filter(filter, option: "--explain").get()), width: nil)
    }
    let short = try text("arm=Drop,n=500")
    #expect(short.contains("of Drop\n"))
    #expect(!short.contains("of Dropout"))
    let long = try text("arm=Dropout,n=500")
    #expect(long.contains("of Dropout\n"))
    #expect(!long.contains("of Drop\n"))
  }
}

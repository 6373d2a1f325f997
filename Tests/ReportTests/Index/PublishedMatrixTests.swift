import Study
import Testing

@testable import Report

@Suite struct PublishedMatrixTests {
  private func entry(
    _ profile: String?, _ records: [RunRecord] = ReportFixture.records(), named name: String? = nil
  ) throws -> ResultsFolder.Entry {
    let study = try ReportFixture.study(profile)
    return ResultsFolder.Entry(
      name: "mnist/\(name ?? study.profile)",
      study: .success(
        StudyRecords(
          folder: "", study: study, records: records,
          table: ResultTable(study: study, records: records),
          figures: FigureSet(study: study, records: records, series: [:]), provenance: nil,
          timings: [:], commentary: [])))
  }

  private func count(_ matrix: PublishedMatrix, _ word: String) -> Int {
    matrix.entries.count { $0.state.word == word }
  }

  @Test func `every published number has one state`() throws {
    let matrix = PublishedMatrix([try entry(nil)])
    let all = PublishedNumbers.embedded.cells.count
    #expect(matrix.entries.count == all)
    #expect(matrix.counts(matrix.entries).reduce(0) { $0 + $1.count } == all)
    // Four of Table 3; nothing of Table 2.
    #expect(count(matrix, "reproduced") == 4)
    #expect(count(matrix, "not possible") > 5)
    #expect(count(matrix, "not run") > 200)
  }

  @Test func `a reduced study never covers one as the paper has it`() throws {
    let smoke = try entry("smoke", ReportFixture.records([("500", "Dropout", [6.2, 6.1])]))
    let reduced = PublishedMatrix([smoke])
    #expect(count(reduced, "reduced only") == 1 && count(reduced, "reproduced") == 0)
    for order in [[smoke, try entry(nil)], [try entry(nil), smoke]] {
      let matrix = PublishedMatrix(order)
      #expect(count(matrix, "reproduced") == 4 && count(matrix, "reduced only") == 0)
    }
  }

  @Test func `every state has a word and a symbol of its own`() {
    let words = PublishedMatrix.State.words
    #expect(Set(words).count == words.count)
    let symbols = Verdict.allCases.filter(\.isJudgement).map(\.symbol)
    #expect(Set(symbols).count == symbols.count)
  }

  @Test func `the claims of a paper are counted, and those that were tested told`() throws {
    let papers = PaperSummary.all([try entry(nil)])
    #expect(papers.map(\.name).first == "Shakeout")
    let claims = try #require(papers.first?.claims())
    #expect(
      claims
        == "3 of 52 claims confirmed: Dropout beats std-BP in Table 3 (500); Shakeout beats std-BP in Table 3 (500); "
        + "Shakeout beats Dropout in Table 3 (500). 49 not tested yet.")
    #expect(
      papers.dropFirst().allSatisfy { $0.claims().hasPrefix("None of the paper's ") })
  }

  @Test func `a reduced study tests no claim of the paper`() throws {
    let papers = PaperSummary.all([try entry("smoke")])
    #expect(papers.first?.claims().hasPrefix("None of the paper's ") == true)
  }

  @Test func `a study on unverified data tests no claim of the paper and hides none`() throws {
    var records = ReportFixture.records()
    for index in records.indices { records[index].isVerified = false }
    let unverified = try entry(nil, records, named: "a")
    #expect(
      PaperSummary.all([unverified]).first?.claims().hasPrefix("None of the paper's ") == true)
    let claims = PaperSummary.all([unverified, try entry("smoke"), try entry(nil)]).first?.claims()
    #expect(claims?.hasPrefix("3 of 52 claims confirmed") == true)
  }

  @Test func `a study of which too little is finished hides no tested claim`() throws {
    let begun = try entry(nil, ReportFixture.records([("500", "Dropout", [6.2])]), named: "paper")
    let other = try entry(nil, named: "paper-earlier")
    let claims = PaperSummary.all([begun, other]).first?.claims()
    #expect(claims?.hasPrefix("3 of 52 claims confirmed") == true)
  }

  @Test func `the folder of the study's own name counts and others are told`() throws {
    let worse = ReportFixture.records([
      ("500", "std-BP", [9.71, 9.82, 9.93]), ("500", "Dropout", [6.22, 6.03, 6.2]),
      ("500", "Shakeout", [6.5, 6.3, 6.4]),
    ])
    // By name the earlier folder comes first.
    let entries = [try entry(nil, named: "a-paper"), try entry(nil, worse, named: "paper")]
    let paper = try #require(PaperSummary.all(entries).first)
    #expect(paper.counted(insteadOf: "mnist/a-paper") == "mnist/paper")
    #expect(paper.counted(insteadOf: "mnist/paper") == nil)
    #expect(paper.claims().hasPrefix("2 of 52 claims confirmed"))
    #expect(
      paper.claims().hasSuffix(
        "Another outcome of mnist/paper is kept in mnist/a-paper: 3 of 3 confirmed, 3 with too few "
          + "runs."))
    let shown = PublishedMatrix(entries).entries.filter { $0.folder != nil }
    #expect(shown.first { $0.cell.column == "Shakeout" }?.folder == "mnist/paper")
    let text = IndexMarkdown.text(entries)
    #expect(text.contains("| kept beside mnist/paper, which counts: 6 cells: "))
    #expect(IndexPage(entries, folder: "results").html.contains("kept beside mnist/paper"))
    // Alone it counts.
    #expect(PaperSummary.all([entries[0]]).first?.counted(insteadOf: "mnist/a-paper") == nil)
  }
}

import Study
import Testing

@testable import Report

@Suite struct PublishedMatrixTests {
  private func entry(
    _ profile: String?, _ records: [RunRecord] = ReportFixture.records()
  ) throws -> ResultsFolder.Entry {
    let study = try ReportFixture.study(profile)
    return ResultsFolder.Entry(
      name: "mnist/\(study.profile)",
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
        + "Shakeout beats Dropout in Table 3 (500). 1 open: Dropout beats std-BP in Table 3 (1000). "
        + "48 not tested yet.")
    #expect(
      papers.dropFirst().allSatisfy { $0.claims().hasPrefix("None of the paper's ") })
  }

  @Test func `a reduced study tests no claim of the paper`() throws {
    let papers = PaperSummary.all([try entry("smoke")])
    #expect(papers.first?.claims().hasPrefix("None of the paper's ") == true)
  }
}

import Study
import Testing

@testable import Report

@Suite struct ClaimsTests {
  @Test func `every two methods of a row are claimed in the papers order`() throws {
    let section = try #require(try ReportFixture.table().sections.first)
    let claims = section.claims
    #expect(
      claims.filter { $0.row == "500" }.map { "\($0.first)<\($0.second)" } == [
        "Dropout<std-BP", "Shakeout<std-BP", "Shakeout<Dropout",
      ])
    #expect(claims.filter { $0.row == "500" }.allSatisfy { $0.outcome == .confirmed })
    // All runs of Shakeout at 1000 diverged.
    let large = claims.filter { $0.row == "1000" }
    #expect(large.map(\.outcome) == [.confirmed, .tooFew, .tooFew])
    #expect(large[0].count == 2)
    let p = claims.compactMap(\.p)
    #expect(claims.compactMap(\.holm) == Statistics.holm(p))
  }

  @Test func `a study of ones own compares with its first arm`() throws {
    let table = ResultTable(study: try ReportFixture.ownStudy(), records: ReportFixture.records())
    let claims = table.sections[0].claims.filter { $0.row == "lenet / 500" }
    #expect(claims.map(\.first) == ["Dropout", "Shakeout"])
    #expect(claims.map(\.second) == ["std-BP", "std-BP"])
    #expect(!table.sections[0].isJudged)
  }

  @Test func `a reduced study is not judged`() throws {
    #expect(try !ReportFixture.smokeTable().sections[0].isJudged)
    #expect(try ReportFixture.table().sections[0].isJudged)
    let text = TextRenderer.comparison(try ReportFixture.smokeTable())
    #expect(text.contains("on this reduced or altered study"))
    #expect(text.contains("reduced profile"))
  }

  @Test func `the text names verdicts claims and tests`() throws {
    let text = TextRenderer.comparison(try ReportFixture.table())
    #expect(text.contains("Shakeout beats Dropout"))
    #expect(text.contains("4 confirmed, 2 too few runs."))
    #expect(text.contains("smallest p that so few pairs can give"))
    #expect(text.contains("reproduced"))
  }

  @Test func `two studies are compared cell by cell`() throws {
    let table = try ReportFixture.table()
    let worse = ReportFixture.errors.map { size, arm, errors in
      (size, arm, errors.map { $0.map { $0 + (arm == "Dropout" ? 0.5 : 0) } })
    }
    let other = ResultTable(
      study: try ReportFixture.study(), records: ReportFixture.records(worse))
    let comparison = StudyComparison(table, other)
    let outcomes = comparison.sections[0].comparisons.map { ($0.row, $0.first, $0.outcome) }
    #expect(outcomes.contains { $0 == ("500", "std-BP here", .identical) })
    #expect(outcomes.contains { $0 == ("500", "Dropout here", .confirmed) })
    #expect(StudyComparison(other, table).sections[0].comparisons[1].outcome == .contradicted)
    // Runs of another seed do not share streams.
    let config = ReportFixture.config.replacing(#""trials": 3,"#, with: #""trials": 3, "seed": 2,"#)
    let apart = ResultTable(
      study: try ReportFixture.study(config: config), records: ReportFixture.records(worse))
    let unpaired = StudyComparison(table, apart)
    #expect(unpaired.sections[0].comparisons.allSatisfy { !$0.isPaired })
  }
}

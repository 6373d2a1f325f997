import Study
import Testing

@testable import Report

@Suite struct ClaimsTests {
  @Test func `the paper's claims are decided by Holm's adjusted p`() throws {
    let section = try #require(try ReportFixture.table().sections.first)
    let claims = section.claims
    #expect(
      claims.filter { $0.row == "500" }.map { "\($0.first)<\($0.second)" } == [
        "Dropout<std-BP", "Shakeout<std-BP", "Shakeout<Dropout",
      ])
    #expect(claims.filter { $0.row == "500" }.allSatisfy { $0.outcome == .confirmed })
    // All runs of Shakeout at 1000 diverged.
    let large = claims.filter { $0.row == "1000" }
    #expect(large.map(\.outcome) == [.tooFew, .tooFew, .tooFew])
    #expect(large[0].count == 2)
    // All 15 claims of the table count, of which this study has rows for six.
    let p = claims.compactMap(\.p)
    #expect(claims.compactMap(\.holm) == Statistics.holm(p, of: 15))
    #expect(claims.allSatisfy { $0.place == "Section 4.2.1" })
    // √(9.82·90.18 + 6.15·93.85)·1.96/√10,000
    #expect(abs((claims[0].testSetHalfWidth ?? 0) - 0.7497) < 1e-3)
  }

  @Test func `differences that the paper does not claim are not tested`() throws {
    let config = ReportFixture.config.replacing(
      #""trainSize": [500, 1000]"#, with: #""trainSize": [500, 8000]"#)
    let records = ReportFixture.records([
      ("8000", "Dropout", [1.23, 1.22, 1.25]), ("8000", "Shakeout", [1.31, 1.3, 1.32]),
    ])
    let section = try #require(
      ResultTable(study: try ReportFixture.study(config: config), records: records).sections.first)
    #expect(
      section.claims.filter { $0.row == "8000" }.map(\.sentence) == [
        "Dropout beats std-BP", "Shakeout beats std-BP",
      ])
    #expect(section.claimReadings.count == 1)
  }

  @Test func `a gain below the margins of its cells is said to be one`() throws {
    var section = try #require(try ReportFixture.table().sections.first)
    // Shakeout's published gain over Dropout at 1,000 images is 0.58, beyond both margins.
    #expect(section.gainRemark == nil)
    section.margin = 1
    #expect(section.gainRemark?.hasPrefix("In 1 of the 6 claims of this table") == true)
    section.margin = 10
    #expect(section.gainRemark?.hasPrefix("In each of the 6 claims of this table") == true)
  }

  @Test func `all published gains of delayed regularization lie within the margins`() {
    let numbers = PublishedNumbers.embedded
    let pairs = ["table2", "table3"].flatMap { name -> [(ClaimedPair, PublishedTable)] in
      guard let table = numbers.table("delayed_strong_reg", name) else { return [] }
      return numbers.claims("delayed_strong_reg", name, metric: "test_accuracy").map { ($0, table) }
    }
    // Fourteen pairs, of which the paper excepts one.
    #expect(pairs.count == 13)
    for (pair, table) in pairs {
      let margin = table.margin(for: "test_accuracy")
        .width(mean: pair.than.mean ?? 0, spread: pair.than.spread)
      #expect((pair.gain ?? .infinity) < margin, "\(pair.row)")
      #expect((pair.gain ?? 0) > 0, "\(pair.row)")
    }
  }

  @Test func `a study without a paper compares each of up to four arms with every other`() throws {
    let table = ResultTable(study: try ReportFixture.ownStudy(), records: ReportFixture.records())
    let section = table.sections[0]
    let claims = section.claims.filter { $0.row == "lenet / 500" }
    #expect(claims.map(\.first) == ["Dropout", "Shakeout", "Shakeout"])
    #expect(claims.map(\.second) == ["std-BP", "std-BP", "Dropout"])
    // Both directions of all six comparisons of the table.
    let p = section.claims.compactMap(\.p)
    #expect(section.claims.compactMap(\.holm) == Statistics.holm(p, of: 12))
    #expect(!section.isJudged)
    let text = MarkdownRenderer.text(table)
    #expect(text.contains("Whether one method beats another: 3 confirmed, 3 too few runs."))
    #expect(text.contains("| lenet / 500 | Shakeout beats Dropout |"))
    #expect(text.contains("Both directions of each are tested"))
    #expect(!text.contains("says little about the paper"))
  }

  @Test func `of more than four arms each stands against the first alone`() throws {
    var section = ResultTable(
      study: try ReportFixture.ownStudy(), records: ReportFixture.records()
    ).sections[0]
    section.columns += ["another", "and another"]
    let claims = section.claims.filter { $0.row == "lenet / 500" }
    #expect(claims.map(\.second) == ["std-BP", "std-BP"])
    #expect(section.claimHeading == "Whether each method beats the first")
  }

  @Test func `a method that the paper does not have stands against each of the paper's`() throws {
    let config = ReportFixture.config.replacing(
      #"{"name": "std-BP"}"#, with: #"{"name": "std-BP"}, {"name": "Mine"}"#)
    let own = [("500", "Mine", [5.0, 5.1, 5.2]), ("500", "Dropout", [6.1, 6.2, 6.35])]
    let section = try #require(
      ResultTable(
        study: try ReportFixture.study(config: config), records: ReportFixture.records(own)
      ).sections.first)
    let comparisons = section.addedComparisons
    #expect(
      comparisons.filter { $0.row == "500" }.map(\.sentence) == [
        "Mine beats std-BP", "Mine beats Dropout", "Mine beats Shakeout",
      ])
    let tested = try #require(comparisons.first { $0.outcome != .tooFew })
    #expect(tested.second == "Dropout" && tested.outcome == .confirmed)
    // Six of two rows, each in both directions.
    #expect(tested.holm == tested.p.map { min(1, 12 * $0) })
    #expect(section.claims.allSatisfy { $0.first != "Mine" && $0.second != "Mine" })
    let text = MarkdownRenderer.text(
      ResultTable(
        study: try ReportFixture.study(config: config), records: ReportFixture.records(own)))
    #expect(text.contains("\(ResultSection.addedHeading): 1 confirmed"))
    // The paper's own study has none.
    #expect(try ReportFixture.table().sections.allSatisfy { $0.addedTable == nil })
  }

  @Test func `a reduced study is not judged`() throws {
    #expect(try !ReportFixture.smokeTable().sections[0].isJudged)
    #expect(try ReportFixture.table().sections[0].isJudged)
    let text = TextRenderer.comparison(try ReportFixture.smokeTable(), width: nil)
    #expect(text.contains("A reduced or altered study says little about the paper."))
    #expect(text.contains("reduced profile"))
    let altered = ResultTable(
      study: try ReportFixture.study(settings: ["seed=2"]), records: ReportFixture.records())
    #expect(altered.sections[0].standing == .reduced)
  }

  @Test func `claims on unverified data do not count as the paper's`() throws {
    var records = ReportFixture.records()
    records[0].isVerified = false
    let table = ResultTable(study: try ReportFixture.study(), records: records)
    #expect(table.sections[0].standing == .unverified)
    #expect(!table.sections[0].isJudged)
    let text = TextRenderer.comparison(table, width: nil)
    #expect(text.contains("A study on unverified data says little about the paper."))
    #expect(text.contains("The paper's claims, on this study:"))
    #expect(!MarkdownRenderer.text(table).contains("Shakeout beats Dropout"))
    for index in records.indices { records[index].isVerified = false }
    let none = ResultTable(study: try ReportFixture.study(), records: records)
    #expect(none.sections[0].verdicts.isEmpty)
    #expect(!none.sections[0].isJudged)
  }

  @Test func `what the tests speak about depends on the study`() throws {
    func scope(_ change: (String) -> String) throws -> String {
      try ReportFixture.study(config: change(ReportFixture.config)).claimExplanation
    }
    let selected = "one choice of hyper-parameters, which was made on one run of each candidate"
    #expect(try scope { $0 }.contains(selected))
    #expect(try !ReportFixture.study("smoke").claimExplanation.contains("choice of hyper"))
    #expect(
      try scope { $0 }.contains("training noise alone (initial weights, batches, masks), on one "))
    func subsets(_ values: String) throws -> String {
      try scope {
        $0.replacing(
          #""network": ["lenet"], "#,
          with: #""network": ["lenet"], "dataset.subset": \#(values), "#
        )
        .replacing(
          #""network": "lenet"}"#, with: #""network": "lenet", "dataset.subset": "fixed"}"#)
      }
    }
    #expect(
      try subsets(#"["fixed", "perTrial"]"#).contains(
        "on one training subset, where subsets are fixed, and elsewhere about training noise and the "
          + "choice of the training subset, which each trial draws anew"))
    #expect(try !subsets(#"["fixed"]"#).contains("draws anew"))
  }

  @Test func `the text names verdicts claims and tests`() throws {
    let text = TextRenderer.comparison(try ReportFixture.table(), width: nil)
    #expect(text.contains("Shakeout beats Dropout"))
    #expect(text.contains("3 confirmed, 3 too few runs."))
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
    let tested = comparison.sections[0].comparisons
    #expect(
      tested.compactMap(\.holm) == Statistics.holm(tested.compactMap(\.p), of: 2 * tested.count))
    #expect(
      TextRenderer.comparison(comparison, width: nil).contains("Both directions of each are tested")
    )
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

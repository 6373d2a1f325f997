import Study
import Testing

@testable import Report

/// Stein's two-stage rule: the first trials decide how many there are, and intervals still hold what they
/// promise.
@Suite struct TwoStageTests {
  private static let studies = 10_000
  private let first = StoppingRule.firstStage

  /// Studies that stop by a rule: in how many the interval by the first trials' spread, and in how many
  /// that by the spread of all, hold the true mean; in percent.
  private func coverage(_ halfWidth: Double, seed: UInt64) -> (stein: Double, plain: Double) {
    var random = NoDifferenceTests.Normal(state: seed)
    // The same distribution for all studies: its quantile is looked up once.
    var widths: [Int: Double] = [:]
    func quantile(_ runs: Int) -> Double {
      if let known = widths[runs] { return known }
      let value = StudentT(degrees: Double(runs - 1)).quantile(0.95)
      widths[runs] = value
      return value
    }
    var (stein, plain) = (0, 0)
    for _ in 0..<Self.studies {
      var values = (0..<first).map { _ in random.next() }
      let deviation = Statistics.sampleDeviation(values) ?? 0
      let ratio = quantile(first) * deviation / halfWidth
      let count = max(first, Outlook.whole((ratio * ratio).rounded(.up)))
      while values.count < count { values.append(random.next()) }
      let mean = abs(Statistics.mean(values) ?? .infinity)
      let root = Double(count).squareRoot()
      if mean <= quantile(first) * deviation / root { stein += 1 }
      if mean <= quantile(count) * (Statistics.sampleDeviation(values) ?? 0) / root { plain += 1 }
    }
    func percent(_ count: Int) -> Double { 100 * Double(count) / Double(Self.studies) }
    return (percent(stein), percent(plain))
  }

  @Test(arguments: [2.0, 1.0, 0.5])
  func `intervals by the first trials' spread cover what they promise after stopping`(
    halfWidth: Double
  ) {
    let (stein, plain) = coverage(halfWidth, seed: 5)
    #expect((89...91).contains(stein), "\(stein) %")
    // Those by the spread of all trials do not: why the rule keeps to the first.
    if halfWidth < 2 { #expect(plain < 88, "\(plain) %") }
  }

  @Test func `the outlook counts runs as the rule does`() throws {
    let outlook = Outlook(
      difference: 0.3, deviation: 0.2, publishedError: .printed(standardError: 0, runs: 1),
      margin: 0.1, direction: .smallerIsBetter, confidence: Verdict.confidence)
    let count = try #require(outlook.runs(halfWidth: 0.05, firstStage: first))
    var two = outlook
    two.firstStage = first
    #expect(two.interval(runs: count).halfWidth <= 0.05)
    #expect(two.interval(runs: count - 1).halfWidth > 0.05)
    // An interval no wider than the margin does not hold both 0 and the margin.
    for difference in stride(from: -0.3, through: 0.3, by: 0.01) {
      two.difference = difference
      let interval = two.interval(runs: count)
      #expect(!(interval.lower < -1e-9 && interval.upper > 0.1 + 1e-9))
    }
  }

  @Test func `no number of runs makes up for a published error that is too wide`() {
    let outlook = Outlook(
      difference: 0, deviation: 0.2, publishedError: .printed(standardError: 0.1, runs: 5),
      margin: 0.2, direction: .smallerIsBetter, confidence: Verdict.confidence)
    #expect(outlook.runs(halfWidth: 0.1, firstStage: first) == nil)
  }

  @Test func `spread and degrees are those of the first trials`() throws {
    let values = [1.0, 2, 3, 10, 20]
    let interval = try #require(MeanInterval(of: values, confidence: 0.9, firstStage: 3))
    #expect(interval.mean == 7.2)
    #expect(abs(interval.halfWidth - 2.919986 / 5.0.squareRoot()) < 1e-6)
    let test = try #require(TTest.paired(values, leastDeviation: 0, firstStage: 3))
    #expect(test.degrees == 2)
    #expect(abs(test.t - 7.2 * 5.0.squareRoot()) < 1e-12)
  }

  @Test func `a study counts by its first three trials alone`() throws {
    let study = try ReportFixture.study()
    let records = ReportFixture.records()
    let cells = TrialsNeeded.cells(study, records, by: .halfWidth(0.2))
    #expect(!cells.isEmpty)
    #expect(TrialsNeeded.count(study, records, by: .halfWidth(100)) == 3)
    // The study's own number is the most.
    #expect(TrialsNeeded.count(study, records, by: .halfWidth(0.01)) == study.trials)
    #expect(
      TrialsNeeded.count(study, records.filter { $0.trial == 1 }, by: .halfWidth(1)) == nil)
    #expect(TrialsNeeded.cells(study, records, by: .verdict).contains { $0.row == "500" })
  }

  @Test func `every cell is counted, and why no number is sure to do is said`() throws {
    let study = try ReportFixture.study()
    // At 1,000 images one run of Dropout and all of Shakeout's have diverged.
    let cells = TrialsNeeded.cells(study, ReportFixture.records(), by: .verdict)
    #expect(cells.map(\.row) == ["500", "500", "500", "1000", "1000", "1000"])
    #expect(cells[..<4].allSatisfy { $0.trials != nil })
    #expect(cells[0].verdict == .reproduced)
    #expect(cells[4...].map(\.need) == [.none(.diverged), .none(.diverged)])
    let halfWidths = TrialsNeeded.cells(study, ReportFixture.records(), by: .halfWidth(0.2))
    #expect(halfWidths.map(\.need)[4...] == [.none(.diverged), .none(.diverged)])
    // Later runs do not stand in for a diverged one of the first three.
    var longer = ReportFixture.errors
    longer[4].errors = [4, 4.1, nil, 4.05, 4.02]
    let config = ReportFixture.config.replacing(#""trials": 3,"#, with: #""trials": 5,"#)
    let five = try ReportFixture.study(config: config)
    let needs = TrialsNeeded.cells(five, ReportFixture.records(longer), by: .verdict).map(\.need)
    #expect(needs[4] == .none(.diverged))
    let begun = TrialsNeeded.cells(
      five, ReportFixture.records([ReportFixture.errors[0]]), by: .verdict)
    #expect(begun.map(\.need).dropFirst().allSatisfy { $0 == .unfinished })
    #expect(
      TrialsNeeded.count(five, ReportFixture.records([ReportFixture.errors[0]]), by: .verdict)
        == nil)
    // Table 3, Dropout at 3,000 images: 2.06 ± 0.06 (5); a margin below its half width of 0.0572, by the
    // rule's two degrees of freedom 0.0783.
    func need(_ margin: Double) throws -> TrialsNeeded.Need? {
      let text = ReportFixture.config.replacing("[500, 1000]", with: "[3000]")
        .replacing(#""column": "{arm}", "#, with: #""column": "{arm}", "margin": \#(margin), "#)
      return TrialsNeeded.cells(
        try ReportFixture.study(config: text),
        ReportFixture.records(
          ["std-BP", "Dropout", "Shakeout"].map { ("3000", $0, [2.05, 2.06, 2.08]) }), by: .verdict
      ).first { $0.column == "Dropout" }?.need
    }
    #expect(try need(0.05) == .none(.limitedByPaper))
    #expect(try need(0.1) == .none(.publishedError))
    #expect(try need(1) == .trials(3))
  }

  /// Whole studies by the rule itself: Table 3 at two sizes and three arms, whose true errors lie on the
  /// edge of the margin, seen beside the published numbers, which err as the paper prints.
  @Test func `studies that stop by the rule err in no more cells than their level`() throws {
    let config = ReportFixture.config.replacing(#""trials": 3,"#, with: #""trials": 80,"#)
      .replacing(#"{"select": [0.4, 0.5]}"#, with: "0.5")
    let study = try ReportFixture.study(config: config)
    let numbers = PublishedNumbers.embedded
    let table = try #require(numbers.table("shakeout", "table3"))
    let places = try ["500", "1000"].flatMap { row in
      try ["std-BP", "Dropout", "Shakeout"].map { column in
        try #require(numbers.cell("shakeout", "table3", row: row, column: column))
      }
    }
    var random = NoDifferenceTests.Normal(state: 3)
    var counts: [Verdict: Int] = [:]
    var (cells, grown, covered) = (0, 0, 0)
    for _ in 0..<400 {
      let truths = places.map { cell in
        let spread = cell.spread ?? 0
        let margin = table.margin(for: "test_error").width(mean: cell.mean ?? 0, spread: spread)
        let published = (cell.mean ?? 0) - spread / 5.0.squareRoot() * random.next()
        return (mean: published + margin, distance: margin, spread: margin / 2)
      }
      var values = truths.map { truth in
        (0..<first).map { _ in truth.mean + truth.spread * random.next() }
      }
      func records() -> [RunRecord] {
        ReportFixture.records(
          zip(places, values).map { cell, errors in (cell.row, cell.column, errors.map { $0 }) })
      }
      let count = try #require(TrialsNeeded.count(study, records(), by: .verdict))
      for (index, truth) in truths.enumerated() {
        while values[index].count < count {
          values[index].append(truth.mean + truth.spread * random.next())
        }
      }
      var stopped = study
      stopped.stopping = .verdict
      let section = try #require(ResultTable(study: stopped, records: records()).sections.first)
      for (cell, truth) in zip(places, truths) {
        let line = try #require(section.line(row: cell.row, column: cell.column, .last))
        let judgement = try #require(line.judgement)
        counts[judgement.verdict, default: 0] += 1
        let interval = try #require(judgement.difference)
        if interval.lower <= truth.distance, truth.distance <= interval.upper { covered += 1 }
        cells += 1
        if count > first { grown += 1 }
      }
    }
    func percent(_ count: Int) -> Double { 100 * Double(count) / Double(cells) }
    #expect(percent(grown) > 50, "more than three trials in \(percent(grown)) %")
    // The true mean is neither within the margin nor beyond it: either word is wrong in 5 % at most.
    for verdict in [Verdict.reproduced, .worse] {
      #expect(percent(counts[verdict] ?? 0) < 6, "\(verdict) in \(percent(counts[verdict] ?? 0)) %")
    }
    #expect(percent(covered) > 89, "covered in \(percent(covered)) %")
    // What the rule is for: whatever is left open excludes 0.
    #expect((counts[.undecided] ?? 0) + (counts[.limitedByPaper] ?? 0) < cells / 100)
  }

  /// Why cells that the first trials settle still count: means would have a say in stopping.
  @Test func `stopping where the first trials settle it would err more often`() throws {
    func wrong(_ stopsWhereSettled: Bool) -> Double {
      var random = NoDifferenceTests.Normal(state: 8)
      var beyond = 0
      let quantile = StudentT(degrees: 2).quantile(0.95)
      for _ in 0..<Self.studies {
        // The truth lies on the margin of 1; a run's spread is 2.
        func draw() -> Double { 1 + 2 * random.next() }
        let start = (0..<first).map { _ in draw() }
        let deviation = Statistics.sampleDeviation(start) ?? 0
        var mean = Statistics.mean(start) ?? 0
        var half = quantile * deviation / Double(first).squareRoot()
        if !stopsWhereSettled || (mean - half <= 1 && abs(mean) + half > 1) {
          let ratio = quantile * deviation / 0.5
          let count = max(first, Outlook.whole((ratio * ratio).rounded(.up)))
          let more = count - first
          // The mean of so many further runs.
          let further = 1 + 2 * random.next() / Double(max(more, 1)).squareRoot()
          mean = (mean * Double(first) + further * Double(more)) / Double(count)
          half = quantile * deviation / Double(count).squareRoot()
        }
        if mean - half > 1 { beyond += 1 }
      }
      return 100 * Double(beyond) / Double(Self.studies)
    }
    #expect(wrong(false) < 5.8)
    #expect(wrong(true) > 7)
  }

  @Test func `a study that was stopped by the rule says so and keeps to it`() throws {
    var study = try ReportFixture.study()
    study.stopping = .verdict
    let restored = try StudySpec.restoring(study.snapshot, file: "provenance.json").get()
    #expect(restored.stopping == .verdict)
    #expect(study.claimExplanation.contains("--until verdict"))
    let table = ResultTable(study: study, records: ReportFixture.records())
    #expect(table.lines.allSatisfy { $0.firstStage == 3 })
    #expect(try ReportFixture.study().snapshot["until"] == nil)
  }
}

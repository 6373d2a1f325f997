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
      margin: 0.1, direction: .smallerIsBetter)
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
      margin: 0.2, direction: .smallerIsBetter)
    #expect(outlook.runs(halfWidth: 0.1, firstStage: first) == nil)
  }

  @Test func `spread and degrees are those of the first trials`() throws {
    let values = [1.0, 2, 3, 10, 20]
    let interval = try #require(MeanInterval(of: values, confidence: 0.9, firstStage: 3))
    #expect(interval.mean == 7.2)
    #expect(abs(interval.halfWidth - 2.919986 / 5.0.squareRoot()) < 1e-6)
    let test = try #require(TTest.paired(values, firstStage: 3))
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

import Study
import Testing

@testable import Report

@Suite struct VerdictTests {
  private let numbers = PublishedNumbers.embedded

  private func judgement(
    _ values: [Double], _ paper: String, _ table: String, _ row: String, _ column: String,
    margin: Double? = nil, plannedRuns: Int = 5
  ) throws -> Judgement? {
    let cell = try #require(numbers.cell(paper, table, row: row, column: column))
    return Judgement(
      values, against: cell, of: try #require(numbers.table(paper, table)),
      metric: try #require(Metric(rawValue: cell.metric)), margin: margin, plannedRuns: plannedRuns,
      resolution: try #require(Metric(rawValue: cell.metric)).resolution(testImages: 10_000),
      firstStage: nil)
  }

  private func judge(
    _ values: [Double], _ paper: String, _ table: String, _ row: String, _ column: String,
    margin: Double? = nil
  ) throws -> Verdict? {
    try judgement(values, paper, table, row, column, margin: margin)?.verdict
  }

  // Shakeout at 500 images of Table 3: 4.83 ± 0.11 (5), margin 0.483.
  @Test(arguments: [
    ([4.70, 4.85, 4.90, 4.80, 4.75], Verdict.reproduced),
    ([4.10, 4.15, 4.05, 4.12, 4.11], .better),
    ([5.50, 5.60, 5.55, 5.52, 5.58], .worse),
    // Between: some of the interval lies beyond the margin, and all of it beyond 0.
    ([4.35, 4.30, 4.40, 4.33, 4.37], .lower), ([5.31, 5.26, 5.36, 5.29, 5.33], .higher),
    // Right on average, but the runs scatter too much to say so.
    ([3.80, 5.90, 4.90, 4.10, 5.40], .undecided),
    // Too few.
    ([4.83, 4.83], .undecided), ([4.83], .undecided), ([], .undecided),
  ])
  func `errors are judged by interval and margin`(values: [Double], expected: Verdict) throws {
    #expect(try judge(values, "shakeout", "table3", "500", "Shakeout") == expected)
  }

  @Test func `three runs suffice`() throws {
    #expect(
      try judge([4.80, 4.85, 4.83], "shakeout", "table3", "500", "Shakeout") == .reproduced)
  }

  @Test func `for accuracies more is better`() throws {
    // 69.16 % with a margin of a tenth of the error, 3.084.
    let place = ("delayed_strong_reg", "table2", "VGG-16 / L2 baseline", "CIFAR-100 accuracy")
    func verdict(_ values: [Double]) throws -> Verdict? {
      try judge(values, place.0, place.1, place.2, place.3)
    }
    #expect(try verdict([69.5, 69.0, 69.3]) == .reproduced)
    #expect(try verdict([74.5, 74.3, 74.4]) == .better)
    #expect(try verdict([60.1, 60.3, 60.2]) == .worse)
  }

  @Test func `without published spread a tenth of the mean decides`() throws {
    // WRN-16-4 with 50,000 images: 7.97, margin 0.797, no error known.
    let near = [7.9, 8.0, 8.1]
    #expect(try judge(near, "shakeout", "table5", "50000", "Shakeout") == .reproduced)
    // Runs without any spread have that of rounding.
    #expect(try judge([8.5, 8.5, 8.5], "shakeout", "table5", "50000", "Shakeout") == .reproduced)
    #expect(try judge([8.8, 8.8, 8.8], "shakeout", "table5", "50000", "Shakeout") == .worse)
  }

  @Test func `a doubtful spread is not used`() throws {
    let table = try #require(numbers.table("shakeout", "table3"))
    let cell = try #require(numbers.cell("shakeout", "table3", row: "20000", column: "Shakeout"))
    var wide = cell
    wide.spread = 5
    let far = [1.5, 1.5, 1.5]
    func verdict() -> Verdict? {
      Judgement(
        far, against: wide, of: table, metric: .testError, margin: nil, plannedRuns: 5,
        resolution: 0.01,
        firstStage: nil)?
        .verdict
    }
    #expect(verdict() == .worse)
    wide.spreadIsDoubtful = false
    #expect(verdict() == .reproduced)
  }

  @Test func `the margin of a study takes precedence over the usual one`() throws {
    let values = [4.99, 5.0, 5.01]
    #expect(try judge(values, "shakeout", "table3", "500", "Shakeout") == .reproduced)
    #expect(
      try judge(values, "shakeout", "table3", "500", "Shakeout", margin: 0.01) == .worse)
  }

  @Test func `a cell that the paper leaves empty is not judged`() throws {
    #expect(
      try judge([20, 21, 22], "drop_activation", "table1", "DenseNet-BC-100-12", "RReLU") == nil)
  }

  @Test func `a number that is neither good nor bad is never better`() throws {
    // 0.9377 at p = .95; the study allows 5e-5.
    let place = ("drop_activation", "eq15", "analytic", "p=0.95")
    func verdict(_ mean: Double) throws -> Verdict? {
      try judge(
        [mean - 1e-6, mean, mean + 1e-6], place.0, place.1, place.2, place.3, margin: 5e-5)
    }
    #expect(try verdict(0.9377) == .reproduced)
    #expect(try verdict(0.93) == .worse)
    #expect(try verdict(0.94) == .worse)
  }

  @Test func `a cell with fewer than three runs by its own protocol is not judged`() throws {
    let one = try #require(
      try judgement([92.27], "shakeout", "sec4.1-svm", "std-BP", Self.svm, plannedRuns: 1))
    #expect(one.verdict == .notJudged)
    #expect(one.mark == "one run, not judged")
    #expect(one.margin == nil)
    #expect(one.furtherRuns == nil)
    let two = try judgement([92, 93], "shakeout", "sec4.1-svm", "std-BP", Self.svm, plannedRuns: 2)
    #expect(two?.mark == "2 runs, not judged")
  }

  private static let svm = "SVM on 256 hidden activations"

  @Test func `the number of further runs is the smallest that would decide the verdict`() throws {
    let values = [3.80, 5.90, 4.90, 4.10, 5.40]
    let judgement = try #require(try judgement(values, "shakeout", "table3", "500", "Shakeout"))
    guard case .furtherRuns(let count) = judgement.prospect else {
      Issue.record("\(judgement.prospect)")
      return
    }
    #expect(judgement.mark == "undecided: +\(count) runs")
    let outlook = Outlook(
      difference: 4.82 - 4.83, deviation: try #require(Statistics.sampleDeviation(values)),
      publishedError: .printed(standardError: 0.11 / 5.0.squareRoot(), runs: 5), margin: 0.483,
      direction: .smallerIsBetter, confidence: Verdict.confidence)
    #expect(outlook.settled(by: outlook.interval(runs: 5 + count)) != nil)
    #expect(outlook.settled(by: outlook.interval(runs: 4 + count)) == nil)
    #expect(outlook.furtherRuns(after: 5) == count)
  }

  @Test func `where the first trials diverged their spread is missing for good`() throws {
    let cell = try #require(numbers.cell("shakeout", "table3", row: "500", column: "Shakeout"))
    let table = try #require(numbers.table("shakeout", "table3"))
    // One of the first three trials is finite, and three of the later ones.
    let judgement = try #require(
      Judgement(
        [4.8, 4.9, 4.7, 4.8], against: cell, of: table,
        metric: .testError, margin: nil, plannedRuns: 6, resolution: 0.01, firstStage: 1))
    #expect(judgement.verdict == .undecided)
    #expect(judgement.furtherRuns == nil)
    #expect(judgement.mark == "undecided: no spread of the first trials, which diverged")
  }

  @Test func `unfinished cells say how many runs they lack`() throws {
    let begun = try #require(try judgement([4.83], "shakeout", "table3", "500", "Shakeout"))
    // One run has no spread that could stay as it is: two more are the least.
    #expect(begun.mark == "undecided: at least +2 runs")
    #expect(begun.words == "undecided: at least 2 more runs needed")
  }

  // Table 3 at 3,000 images, std-BP: 2.93 ± 0.10 (5). Its own error alone is ± 0.095 at 90 %.
  @Test func `near the margin no number of runs helps while our mean stays`() throws {
    let place = ("shakeout", "table3", "3000", "std-BP")
    let near = [2.70, 2.72, 2.74, 2.71, 2.71]
    let lower = try #require(try judgement(near, place.0, place.1, place.2, place.3))
    #expect(lower.verdict == .lower)
    #expect(lower.mark == "lower")
    #expect(
      lower.words
        == "lower, by less than the margin or about it: so near the margin that no number of runs "
        + "settles it if our mean stays")
    let limit = outlook(-0.2138, paper: 0.10, runs: 5, margin: 0.293)
    #expect(abs(limit.interval(runs: 100_000).lower + 0.309) < 0.001)
    #expect(limit.furtherRuns(after: 5) == nil)
    // The paper's half width, 0.095, is below the margin: another mean of ours would be settled.
    #expect(limit.prospect(after: 5) == .nearMargin)
    // The same where the interval holds 0: a margin about as wide as the interval.
    let scattered = try #require(
      try judgement(
        [2.80, 3.00, 2.90, 2.82, 2.88], place.0, place.1, place.2, place.3, margin: 0.1))
    #expect(scattered.verdict == .undecided)
    #expect(scattered.mark == "undecided: near the margin")
  }

  @Test func `where the paper's own error is as wide as the margin no run of ours helps`() throws {
    let place = ("shakeout", "table3", "3000", "std-BP")
    // Our mean is the paper's, and still nothing settles it.
    let equal = try #require(
      try judgement(
        [2.93, 2.92, 2.94, 2.93, 2.93], place.0, place.1, place.2, place.3, margin: 0.09))
    #expect(equal.verdict == .limitedByPaper)
    #expect(equal.prospect == .limitedByPaper)
    #expect(equal.mark == "limited by the paper")
    let lower = try #require(
      try judgement(
        [2.80, 2.82, 2.81, 2.82, 2.81], place.0, place.1, place.2, place.3, margin: 0.09))
    #expect(
      lower.words == "lower, by less than the margin or about it: limited by the paper")
    // A single published number has our own spread, which no number of runs reduces either.
    let single = Outlook(
      difference: 0, deviation: 0.2, publishedError: .likeOurs(runs: 1), margin: 0.3,
      direction: .smallerIsBetter, confidence: Verdict.confidence)
    #expect(single.prospect(after: 5) == .limitedByPaper)
  }

  private func outlook(
    _ difference: Double, deviation: Double = 0.06, paper spread: Double, runs: Int, margin: Double
  ) -> Outlook {
    Outlook(
      difference: difference, deviation: deviation,
      publishedError: .printed(standardError: spread / Double(runs).squareRoot(), runs: runs),
      margin: margin, direction: .smallerIsBetter, confidence: Verdict.confidence)
  }

  /// Welch's degrees of freedom fall to those of the paper's three runs, so that the interval is
  /// narrowest at about 200 runs and wider again with more.
  @Test func `numbers of runs are looked at one by one where the paper has few`() throws {
    let narrow = outlook(
      0.0465, deviation: 1, paper: 0.1 * 3.0.squareRoot(), runs: 3, margin: 0.3)
    let settled = (9...1000).filter { narrow.settled(by: narrow.interval(runs: $0)) != nil }
    let first = try #require(settled.first)
    // Doubling from 8 steps over them.
    #expect([16, 32, 64, 128, 256, 512, 1000].allSatisfy { !settled.contains($0) })
    #expect(narrow.furtherRuns(after: 8) == first - 8)
    #expect(narrow.prospect(after: 8) == .furtherRuns(first - 8))
  }

  @Test func `equal runs have the spread of rounding`() throws {
    let equal = try #require(
      try judgement([7.9, 7.9, 7.9], "shakeout", "table5", "50000", "Shakeout"))
    let half = try #require(equal.difference).halfWidth
    #expect(abs(half - 2.919986 * 0.01 / 12.0.squareRoot() * (4.0 / 3).squareRoot()) < 1e-6)
    #expect(equal.verdict == .reproduced)
  }

  @Test func `our spread stands for that of a single published number`() throws {
    // Table 5 of the Shakeout paper prints 7.97 alone: s √(1 + 1/3) with two degrees of freedom.
    let judgement = try #require(
      try judgement([7.9, 8.0, 8.1], "shakeout", "table5", "50000", "Shakeout"))
    let half = try #require(judgement.difference).halfWidth
    #expect(abs(half - 2.919986 * 0.1 * (4.0 / 3).squareRoot()) < 1e-6)
    // Relative improvements are means of three runs without a spread of their own.
    let mean = Outlook(
      difference: 0, deviation: 0.1, publishedError: .likeOurs(runs: 3), margin: 1,
      direction: .largerIsBetter, confidence: Verdict.confidence)
    #expect(
      abs(mean.interval(runs: 3).halfWidth - 2.919986 * 0.1 * (2.0 / 3).squareRoot()) < 1e-6)
  }

  @Test func `every verdict has a name and a meaning of its own`() {
    #expect(Set(Verdict.allCases.map(\.meaning)).count == Verdict.allCases.count)
    #expect(Verdict.allCases.allSatisfy { $0.meaning.hasSuffix(".") })
    let places = Verdict.allCases.compactMap(\.meaningOfPlace)
    #expect(Set(places).count == 3)
    #expect(places.allSatisfy { $0.hasSuffix(".") && !$0.contains("interval") })
    #expect(Verdict.reproduced.meaning(of: .argmin) == Verdict.reproduced.meaningOfPlace)
    #expect(Verdict.reproduced.meaning(of: .testError) == Verdict.reproduced.meaning)
  }
}

import Study
import Testing

@testable import Report

@Suite struct VerdictTests {
  private let numbers = PublishedNumbers.embedded

  private func judge(
    _ values: [Double], _ paper: String, _ table: String, _ row: String, _ column: String,
    margin: Double? = nil
  ) throws -> Verdict? {
    let cell = try #require(numbers.cell(paper, table, row: row, column: column))
    return Verdict.judging(
      values, against: cell, of: try #require(numbers.table(paper, table)),
      metric: try #require(Metric(rawValue: cell.metric)), margin: margin)
  }

  // Shakeout at 500 images of Table 3: 4.83 ± 0.11 (5), margin 0.483.
  @Test(arguments: [
    ([4.70, 4.85, 4.90, 4.80, 4.75], Verdict.reproduced),
    ([4.10, 4.15, 4.05, 4.12, 4.11], .better),
    ([5.50, 5.60, 5.55, 5.52, 5.58], .worse),
    // Between: some of the interval lies beyond the margin.
    ([4.35, 4.30, 4.40, 4.33, 4.37], .underpowered),
    // Right on average, but the runs scatter too much to say so.
    ([3.80, 5.90, 4.90, 4.10, 5.40], .underpowered),
    // Too few.
    ([4.83, 4.83], .underpowered), ([4.83], .underpowered), ([], .underpowered),
  ])
  func errors(values: [Double], expected: Verdict) throws {
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
    // Runs without any spread leave an interval of no width.
    #expect(try judge([8.5, 8.5, 8.5], "shakeout", "table5", "50000", "Shakeout") == .reproduced)
    #expect(try judge([8.8, 8.8, 8.8], "shakeout", "table5", "50000", "Shakeout") == .worse)
  }

  @Test func `a doubtful spread is not used`() throws {
    let table = try #require(numbers.table("shakeout", "table3"))
    let cell = try #require(numbers.cell("shakeout", "table3", row: "20000", column: "Shakeout"))
    var wide = cell
    wide.spread = 5
    let far = [1.5, 1.5, 1.5]
    #expect(Verdict.judging(far, against: wide, of: table, metric: .testError) == .worse)
    wide.spreadIsDoubtful = false
    #expect(Verdict.judging(far, against: wide, of: table, metric: .testError) == .reproduced)
  }

  @Test func `the margin of a study takes precedence over the usual one`() throws {
    let values = [4.99, 5.0, 5.01]
    #expect(try judge(values, "shakeout", "table3", "500", "Shakeout") == .reproduced)
    #expect(
      try judge(values, "shakeout", "table3", "500", "Shakeout", margin: 0.01) == .worse)
  }

  @Test func `a dash is not judged`() throws {
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
}

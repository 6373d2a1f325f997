import Canonical
import Testing

@testable import Report
@testable import Study

/// Cells of tables that rest on more than one group of runs.
@Suite struct TableCellTests {
  /// A run with this error in every evaluation, the best being that after the 10·error-th update.
  private func run(_ trial: Int, _ error: Double, sparsity: Double? = nil) -> RunRecord {
    var run = ReportFixture.record(
      size: "500", arm: "Dropout", trial: trial, error: error.isNaN ? nil : error)
    (run.testErrorLast, run.testErrorAtBestValidation, run.bestTestError) = (error, error, error)
    run.bestValidationError = error
    run.bestValidationUpdate = error.isNaN ? nil : Int(10 * error)
    if let sparsity { run.measures = [Measure(name: "sparsity", value: sparsity)] }
    return run
  }

  private func group(_ arm: String, at place: String = "", _ runs: [RunRecord]) -> ResultGroup {
    ResultGroup(
      arm: arm, axes: [AxisValue(key: "p", value: place)], dataset: "mnist", isVerified: true,
      validationImages: 0, hyperparameters: [], runs: runs, facts: TrainingFacts(),
      metrics: [.testError])
  }

  private func mapping(pool: Double? = nil, along: String? = nil) throws -> Reproduction {
    var text = #"{"paper": "shakeout", "table": "t", "row": "r", "column": "c""#
    if let pool { text += #", "pool": {"keep": \#(pool)}"# }
    if let along { text += #", "metric": "argmin_p", "along": "\#(along)""# }
    let value = try JSONParser.parse(Array("\(text)}".utf8), file: "study.json").get()
    return Reproduction(
      reading: ObjectReader(value, DiagnosticCollector()), axes: [], arms: [])
  }

  @Test func `improvements are relative to the same trial of the baseline`() throws {
    let ours = group("ours", [run(1, 20), run(2, 10), run(3, .nan)])
    let base = group("base", [run(1, 36), run(2, 20), run(3, 20)])
    let placed = TableCell(row: "r", column: "c", groups: [ours], base: base)
    let values = placed.values(of: .relativeImprovement, .last)
    // Accuracies 80 over 64, 90 over 80; the third trial diverged.
    #expect(values == [1: 25, 2: 12.5])
    #expect(placed.divergedCount == 1)
    #expect(placed.values(of: .relativeImprovement, .validation).count == 2)
  }

  /// Delayed Strong Regularization, Table 2, VGG-16 on CIFAR-100 with L2: its p of .002 is Welch's.
  @Test func `the p of an improvement is that of Welch's test on the accuracies`() throws {
    func accuracies(_ mean: Double, _ half: Double) -> [RunRecord] {
      // Three values with this mean and 1.96·s/√3 = half.
      let s = half / 1.96 * 3.0.squareRoot()
      return [mean - s, mean, mean + s].enumerated().map { run($0 + 1, 100 - $1) }
    }
    let placed = TableCell(
      row: "r", column: "c", groups: [group("ours", accuracies(71.01, 0.33))],
      base: group("base", accuracies(69.16, 0.46)))
    let p = try #require(placed.p(of: .relativeImprovement, .last))
    #expect(abs(p - 0.002) < 0.001)
    #expect(placed.p(of: .compression, .last) == nil)
  }

  @Test func `compression compares the weights that are left`() {
    let placed = TableCell(
      row: "r", column: "c", groups: [group("sparse", [run(1, 30, sparsity: 0.697)])],
      base: group("base", [run(1, 30, sparsity: 0.269)]))
    let value = placed.values(of: .compression, .last)[1] ?? 0
    #expect(abs(value - 2.41) < 0.01)
  }

  @Test func `pools drop diverged runs first, then the worst ones`() throws {
    let groups = [
      group("a", at: "1", [run(1, 5)]), group("a", at: "2", [run(1, .nan)]),
      group("a", at: "3", [run(1, 9)]), group("a", at: "4", [run(1, 4)]),
    ]
    func values(_ share: Double) throws -> [Int: Double] {
      try TableCell(mapping: mapping(pool: share), row: "r", column: "c", groups: groups)
        .values(of: .validationError, .validation)
    }
    #expect(try values(1) == [1: 5, 3: 9, 4: 4])
    #expect(try values(0.5) == [1: 5, 4: 4])
    let placed = TableCell(mapping: try mapping(pool: 1), row: "r", column: "c", groups: groups)
    #expect(placed.values(of: .epochs, .validation) == [1: 50, 3: 90, 4: 40])
    #expect(placed.values(of: .epochs, .last).isEmpty)
    #expect(placed.divergedCount == 1)
  }

  /// Places of one axis with the test errors of their trials.
  private func grid(
    _ places: [(String, [Double])], plannedRuns: Int = 3, firstStage: Int? = nil
  ) throws -> PlaceOnGrid {
    let groups = places.map { place, errors in
      group("a", at: place, errors.enumerated().map { run($0 + 1, $1) })
    }
    return try #require(
      PlaceOnGrid(
        TableCell(mapping: mapping(along: "p"), row: "r", column: "c", groups: groups),
        plannedRuns: plannedRuns, firstStage: firstStage, selection: .last))
  }

  @Test func `the place on a grid is that of the lowest mean`() throws {
    let grid = try grid([("0.6", [5, 9]), ("0.95", [6, 7]), ("1", [6.5, 7])])
    #expect(grid.lowest == 0.95)
    let groups = [group("a", at: "0.6", [run(1, 5)])]
    #expect(
      PlaceOnGrid(
        TableCell(mapping: try mapping(), row: "r", column: "c", groups: groups), plannedRuns: 3,
        firstStage: nil, selection: .last) == nil)
  }

  @Test func `a place is judged only when every place of the study has enough runs`() throws {
    let paper = ("0.95", [5.0, 5.2, 5.4])
    // The paper's is the lowest of those that happen to be trained.
    let unfinished = try grid([("0.6", []), ("0.9", [6, 6]), paper])
    #expect(unfinished.lowest == nil)
    let judgement = try #require(unfinished.judgement(published: 0.95))
    #expect(judgement.verdict == .undecided)
    #expect(judgement.mark == "undecided: at least +3 runs at 0.60, 0.90")
    #expect(judgement.words == "undecided: at least 3 more runs needed at 0.60, 0.90")
    // Where every run has diverged none will come.
    let lost: (String, [Double]) = ("0.6", [.nan, .nan, .nan])
    let without = try grid([lost, paper])
    #expect(without.lowest == 0.95)
    #expect(without.judgement(published: 0.95)?.mark == "reproduced, diverged at 0.60")
    let theirs = try grid([("0.6", [5, 5, 5]), ("0.95", [.nan, .nan, .nan])])
      .judgement(published: 0.95)
    #expect(theirs?.verdict == .undecided)
    #expect(theirs?.mark == "undecided: diverged at 0.95")
  }

  @Test func `further runs are counted at the level that the test of many places needs`() throws {
    let paper = ("0.95", [5.0, 5.2, 5.4])
    let lower = ("0.9", [4.6, 5.4, 5.3])
    func further(_ others: [String]) throws -> Int {
      try #require(
        grid([lower, paper] + others.map { ($0, [8, 8, 8]) }).judgement(published: 0.95)?
          .furtherRuns)
    }
    // Mean -0.1, spread 0.265: the smallest n with t of n - 1 degrees at the level.
    func smallest(_ level: Double) -> Int {
      let deviation = Statistics.sampleDeviation([0.4, -0.2, 0.1]) ?? 0
      return (4...1000).first { n in
        StudentT(degrees: Double(n - 1)).upperTail(0.1 / deviation * Double(n).squareRoot())
          <= level
      } ?? 0
    }
    #expect(try further([]) == smallest(0.05) - 3)
    #expect(
      try further(["0.6", "0.65", "0.7", "0.75", "0.8", "0.85", "1"]) == smallest(0.05 / 8) - 3)
  }

  @Test func `places of a study that stopped by a rule are tested by its first trials' spread`()
    throws
  {
    let places = [("0.9", [5.1, 5.3, 5.9, 7, 5.2]), ("0.95", [5.0, 5.2, 5.4, 5.0, 5.0])]
    let all = try grid(places, plannedRuns: 5).comparisons(against: 0.95)[0]
    let first = try grid(places, plannedRuns: 5, firstStage: 3).comparisons(against: 0.95)[0]
    let pairs = [0.1, 0.1, 0.5, 2, 0.2]
    #expect(
      abs((first.p ?? 0) - (TTest.paired(pairs, leastDeviation: 0, firstStage: 3)?.p ?? 1)) < 1e-9)
    #expect(
      abs((all.p ?? 0) - (TTest.paired(pairs, leastDeviation: 0, firstStage: nil)?.p ?? 1)) < 1e-9)
    #expect(first.p != all.p)
  }

  @Test func `a place is reproduced at the paper's place and nowhere else`() throws {
    let paper = ("0.95", [5.0, 5.2, 5.4])
    #expect(
      try grid([("0.9", [5.1, 5.3, 5.5]), paper, ("1", [6, 6, 6])])
        .judgement(published: 0.95)?.verdict == .reproduced)
    // A neighbour that is lower by chance does not count.
    let near = try grid([("0.9", [4.6, 5.4, 5.3]), paper, ("1", [6, 6, 6])])
      .judgement(published: 0.95)
    #expect(near?.verdict == .undecided)
    #expect((near?.furtherRuns ?? 0) > 0)
    // Plain ReLU in front: against the paper where a paired test says so, and never for it.
    for (plain, expected) in [([4.8, 4.99, 5.2], Verdict.worse), ([4.8, 5.3, 5.1], .undecided)] {
      #expect(
        try grid([("0.9", [6, 6, 6]), paper, ("1", plain)]).judgement(published: 0.95)?.verdict
          == expected)
    }
    #expect(try grid([("0.9", [4, 4, 4]), ("1", [5, 5, 5])]).judgement(published: 0.95) == nil)
  }

  @Test func `a place needs three trials at every place`() throws {
    let places = [("0.95", [5.0, 5.1]), ("1", [6.0, 6.1])]
    #expect(try grid(places).judgement(published: 0.95)?.prospect == .atLeast(1))
    #expect(
      try grid(places, plannedRuns: 2).judgement(published: 0.95)?.verdict == .notJudged)
  }

  @Test func `other places are set against the paper's trial by trial`() throws {
    let tests = try grid([
      ("0.9", [5.1, 5.3, 5.5]), ("0.95", [5.0, 5.2, 5.4]), ("1", [4.9, 5, 5.3]),
    ])
    .comparisons(against: 0.95)
    #expect(tests.map(\.row) == ["0.90", "1.00"])
    #expect(tests.map(\.isPaired) == [true, true])
    #expect(tests[0].outcome == .confirmed)
    #expect(tests.allSatisfy { $0.holm != nil })
  }
}

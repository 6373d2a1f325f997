import Study
import Testing

@testable import Report

@Suite struct ComparisonTests {
  private func values(_ list: Double...) -> [Int: Double] {
    Dictionary(uniqueKeysWithValues: list.enumerated().map { ($0 + 1, $1) })
  }

  @Test func `paired tests find differences that means hide`() {
    // The trials differ more than the methods do.
    let first = values(1.0, 5.0, 9.0, 13.0)
    let second = values(1.2, 5.1, 9.3, 13.2)
    let paired = Comparison(
      row: "r", "a", first, "b", second, direction: .smallerIsBetter, firstStage: nil, resolution: 0
    )
    #expect(paired.isPaired)
    #expect(paired.count == 4)
    #expect(paired.outcome == .confirmed)
    #expect(abs((paired.advantage ?? 0) - 0.2) < 1e-12)
    // t = 0.2 / (0.0816 / 2) = 4.899, with three degrees of freedom.
    #expect(abs((paired.p ?? 0) - 0.00814) < 1e-4)
    #expect(paired.signFlip?.p == 1.0 / 16)
    #expect(paired.signFlip?.smallestAttainable == 1.0 / 16)
    let unpaired = Comparison(
      row: "r", "a", first, "b", second, direction: .smallerIsBetter, paired: false,
      firstStage: nil, resolution: 0)
    #expect(!unpaired.isPaired)
    #expect(unpaired.outcome == .open)
    #expect(unpaired.signFlip == nil)
  }

  @Test func `the better direction is that of the metric`() {
    let low = values(1, 1.1, 1.2)
    let high = values(2, 2.2, 2.1)
    func outcome(_ first: [Int: Double], _ second: [Int: Double], _ smaller: Bool)
      -> Comparison.Outcome
    {
      Comparison(
        row: "r", "a", first, "b", second, direction: smaller ? .smallerIsBetter : .largerIsBetter,
        firstStage: nil, resolution: 0
      ).outcome
    }
    #expect(outcome(low, high, true) == .confirmed)
    #expect(outcome(high, low, true) == .contradicted)
    #expect(outcome(low, high, false) == .contradicted)
    #expect(outcome(high, low, false) == .confirmed)
  }

  @Test func `equal pairs are identical and not merely open`() {
    let same = values(1, 2, 3)
    let comparison = Comparison(
      row: "r", "a", same, "b", same, direction: .smallerIsBetter, firstStage: nil, resolution: 0)
    #expect(comparison.outcome == .identical)
    #expect(comparison.advantage == 0)
    #expect(comparison.p == nil)
  }

  @Test func `a constant advantage of numbers without steps is certain`() {
    let comparison = Comparison(
      row: "r", "a", values(1, 2, 3), "b", values(2, 3, 4), direction: .smallerIsBetter,
      firstStage: nil, resolution: 0)
    #expect(comparison.outcome == .confirmed)
    #expect(comparison.p == 0)
    #expect(comparison.halfWidth == 0)
  }

  @Test func `equal differences of errors in steps have the spread of rounding`() throws {
    func comparison(_ advantage: Double, paired: Bool) -> Comparison {
      Comparison(
        row: "r", "a", values(2, 2, 2), "b", values(2 + advantage, 2 + advantage, 2 + advantage),
        direction: .smallerIsBetter, paired: paired, firstStage: nil, resolution: 0.01)
    }
    // One image of 10,000: t = 0.01 / (0.01 / √6 / √3) = √18 with two degrees of freedom.
    for paired in [true, false] {
      let image = comparison(0.01, paired: paired)
      let p = try #require(image.p)
      #expect(p > 0.005 && p < 0.05)
      #expect((image.halfWidth ?? 0) > 0.005)
      #expect((comparison(1, paired: paired).p ?? 1) < 1e-4)
    }
    #expect(
      abs(
        (comparison(0.01, paired: true).p ?? 0) - StudentT(degrees: 2).upperTail(18.0.squareRoot()))
        < 1e-9)
    #expect([comparison(0.01, paired: true)].adjusted(family: 9)[0].outcome == .open)
  }

  @Test func `fewer than three pairs or runs are too few for a test`() {
    for paired in [true, false] {
      let two = Comparison(
        row: "r", "a", values(1, 1), "b", values(2, 2), direction: .smallerIsBetter, paired: paired,
        firstStage: nil, resolution: 0)
      #expect(two.outcome == .tooFew)
      #expect(two.count == 2)
      #expect(two.p == nil)
      #expect(two.advantage == nil)
    }
  }

  @Test func `only common trials are compared`() {
    let comparison = Comparison(
      row: "r", "a", [1: 1, 2: 2, 4: 9, 5: 3], "b", [2: 3, 3: 1, 4: 11, 5: 4.5],
      direction: .smallerIsBetter, firstStage: nil, resolution: 0)
    #expect(comparison.count == 3)
    #expect(comparison.advantage == 1.5)
    let none = Comparison(
      row: "r", "a", [1: 1], "b", [2: 3], direction: .smallerIsBetter, firstStage: nil,
      resolution: 0)
    #expect(none.outcome == .tooFew)
    #expect(none.p == nil)
  }

  @Test func `the spread of a first stage is that of its trials and not of the first finite ones`()
  {
    // The second trial has diverged: the fourth is not of the first stage.
    let first = [1: 1.0, 3: 1.2, 4: 9, 5: 1.1]
    let second = [1: 2.0, 3: 2.4, 4: 3, 5: 2.2]
    let comparison = Comparison(
      row: "r", "a", first, "b", second, direction: .smallerIsBetter, firstStage: 3, resolution: 0)
    // Differences 1 and 1.2 are of it: one degree of freedom.
    let error = 0.02.squareRoot() / 2
    #expect(
      abs((comparison.p ?? 0) - StudentT(degrees: 1).upperTail((1 + 1.2 - 6 + 1.1) / 4 / error))
        < 1e-9)
  }

  @Test func `Holm's adjustment is over all tests of a table`() {
    let weak = Comparison(
      row: "1", "a", values(1, 5, 9, 13), "b", values(1.2, 5.1, 9.3, 13.2),
      direction: .smallerIsBetter, firstStage: nil, resolution: 0)
    let untested = Comparison(
      row: "2", "a", [:], "b", [:], direction: .smallerIsBetter, firstStage: nil, resolution: 0)
    let all = [weak, untested, weak, weak].adjusted()
    #expect(abs((all[0].holm ?? 0) - 4 * (weak.p ?? 0)) < 1e-12)
    #expect(all[1].holm == nil)
    #expect(all[1].outcome == .tooFew)
    // Of a family of ten it is no longer significant, in either direction.
    #expect(weak.outcome == .confirmed)
    #expect([weak].adjusted(family: 10)[0].outcome == .open)
    let reverse = Comparison(
      row: "1", "b", values(1.2, 5.1, 9.3, 13.2), "a", values(1, 5, 9, 13),
      direction: .smallerIsBetter, firstStage: nil, resolution: 0)
    #expect(reverse.outcome == .contradicted)
    #expect([reverse].adjusted()[0].outcome == .contradicted)
    #expect([reverse].adjusted(family: 10)[0].outcome == .open)
  }

  @Test func `a number that is neither good nor bad differs in either direction`() {
    func outcome(_ first: [Int: Double], _ second: [Int: Double]) -> Comparison {
      Comparison(
        row: "r", "a", first, "b", second, direction: .neither, firstStage: nil, resolution: 0)
    }
    let (low, high) = ([1: 1.0, 2: 1.1, 3: 0.9], [1: 2.0, 2: 2.2, 3: 1.95])
    #expect(outcome(low, high).outcome == .different)
    #expect(outcome(high, low).outcome == .different)
    #expect(outcome(low, high).p == outcome(high, low).p)
    #expect(outcome(low, high).sentence == "a differs from b")
    #expect(outcome(low, [1: 1.2, 2: 0.9, 3: 1]).outcome == .open)
  }
}

import Study

/// Two results of one row, and whether the first is the better one.
package struct Comparison: Sendable, Equatable {
  /// What follows.
  package enum Outcome: String, CaseIterable, Sendable {
    /// The first is better: its one-sided p is below 0.05.
    case confirmed
    /// The second is better: the reverse test's p is below 0.05.
    case contradicted
    /// Neither.
    case open
    /// They differ in either direction, in a number that is neither good nor bad: its two-sided p is
    /// below 0.05.
    case different
    /// Every pair is equal: the same numbers, not merely no difference.
    case identical
    /// Fewer than three pairs, or runs of one of the two, are finite.
    case tooFew = "too few runs"
  }

  /// The level of all comparisons of a table together.
  package static let level = 0.05

  /// How many one-sided tests a comparison amounts to of which nobody has claimed a direction: one in
  /// each, while a number that is neither good nor bad has one two-sided test.
  static func tests(_ direction: Metric.Direction) -> Int {
    switch direction {
    case .smallerIsBetter, .largerIsBetter: 2
    case .neither: 1
    }
  }

  /// What a reader of such comparisons must know.
  static let bothDirections =
    "Both directions of each are tested, and Holm's adjustment counts both."

  package var row: String
  /// What should be better.
  package var first: String
  /// What should be worse.
  package var second: String
  /// By how much the first is better, in the table's unit; nil with too few runs.
  package var advantage: Double?
  /// Half the width of the advantage's 95 % t interval.
  package var halfWidth: Double?
  /// Pairs of runs, or the smaller number of runs where they cannot be paired.
  package var count: Int
  /// Whether runs were compared trial by trial, on the same initial weights and batches.
  package var isPaired: Bool
  /// The one-sided p of a paired t test; of Welch's where runs cannot be paired. Two-sided for a number
  /// that is neither good nor bad.
  package var p: Double?
  /// The same adjusted by Holm's rule for all comparisons of the table; it decides the outcome.
  package var holm: Double?
  /// The p of the reverse test, that the second is better.
  private(set) var reverseP: Double?
  /// Where the paper claims it: `Section 4.2.1`; nil where no paper does.
  package var place: String?
  /// How the claim is read, where that is not obvious.
  package var reading: String?
  /// Half the 95 % width that drawing another test set of the same size would give the advantage, if
  /// the mistakes of the two methods were independent; nil where that is no share of images.
  package var testSetHalfWidth: Double?
  /// The exact sign-flip test on the pairs.
  package var signFlip: SignFlipTest?
  /// Which value would be the better one.
  package var direction: Metric.Direction
  /// What follows.
  package var outcome: Outcome

  /// What is tested: `Shakeout beats Dropout`.
  package var sentence: String {
    switch direction {
    case .smallerIsBetter, .largerIsBetter: "\(first) beats \(second)"
    case .neither: "\(first) differs from \(second)"
    }
  }

  /// Compares two methods by their values.
  /// - Parameters:
  ///   - first: finite values by trial.
  ///   - paired: whether equal trials share their streams.
  ///   - firstStage: the last trial that the spread is taken of; nil for all.
  ///   - resolution: the step between two values that a run can have.
  package init(
    row: String, _ firstName: String, _ first: [Int: Double], _ secondName: String,
    _ second: [Int: Double], direction: Metric.Direction, paired: Bool = true,
    firstStage: Int?, resolution: Double
  ) {
    self.row = row
    self.first = firstName
    self.second = secondName
    self.direction = direction
    let sign = direction == .smallerIsBetter ? 1.0 : -1.0
    let trials = first.keys.filter { second[$0] != nil }.sorted()
    isPaired = paired && trials.count > 1
    outcome = .tooFew
    count = isPaired ? trials.count : min(first.count, second.count)
    let rounding = Statistics.roundingDeviation(step: resolution)
    if isPaired {
      judge(
        pairs: trials.map { sign * ((second[$0] ?? 0) - (first[$0] ?? 0)) },
        leastDeviation: rounding * 2.0.squareRoot(),
        firstStage: firstStage.map { stage in trials.count { $0 <= stage } })
    } else if count >= Verdict.fewestRuns {
      func mean(_ values: [Int: Double]) -> MeanWithError? {
        MeanWithError(
          of: values.keys.sorted().compactMap { values[$0].map { -sign * $0 } },
          leastDeviation: rounding)
      }
      judge(mean(first), mean(second))
    }
  }

  private mutating func judge(pairs: [Double], leastDeviation: Double, firstStage: Int?) {
    // That numbers are the same needs no test.
    guard pairs.contains(where: { $0 != 0 }) else {
      (advantage, halfWidth, signFlip) = (0, 0, SignFlipTest(pairs))
      outcome = .identical
      return
    }
    func tested(_ differences: [Double]) -> TTest? {
      TTest.paired(differences, leastDeviation: leastDeviation, firstStage: firstStage)
    }
    guard pairs.count >= Verdict.fewestRuns, let mean = Statistics.mean(pairs),
      let test = tested(pairs), let reverse = tested(pairs.map { -$0 })
    else { return }
    advantage = mean
    halfWidth =
      MeanInterval(
        mean: mean, standardError: test.standardError, degrees: test.degrees, confidence: 0.95
      ).halfWidth
    signFlip = SignFlipTest(pairs)
    conclude(test.p, reverse.p)
  }

  private mutating func judge(_ first: MeanWithError?, _ second: MeanWithError?) {
    guard let first, let second, let test = TTest.welch(first, second),
      let reverse = TTest.welch(second, first),
      let degrees = MeanWithError.degrees(first, second)
    else { return }
    advantage = first.mean - second.mean
    halfWidth =
      MeanInterval(
        mean: first.mean - second.mean, standardError: test.standardError, degrees: degrees,
        confidence: 0.95
      ).halfWidth
    conclude(test.p, reverse.p)
  }

  private mutating func conclude(_ p: Double, _ reverse: Double) {
    (self.p, reverseP) =
      direction == .neither ? (min(1, 2 * min(p, reverse)), nil) : (p, reverse)
    decide(self.p ?? 1, reverse)
  }

  /// Draws the conclusion from both p-values, as they are or adjusted.
  fileprivate mutating func decide(_ p: Double, _ reverse: Double) {
    outcome =
      if direction == .neither {
        p < Self.level ? .different : .open
      } else {
        p < Self.level ? .confirmed : reverse < Self.level ? .contradicted : .open
      }
  }
}

extension [Comparison] {
  /// The comparisons with Holm's p beside each, and decided by it: adjusted for all of a family of at
  /// least these, whether they could be tested or not.
  package func adjusted(family count: Int = 0) -> [Comparison] {
    let tested = indices.filter { self[$0].p != nil }
    let family = Swift.max(count, self.count)
    let holm = Statistics.holm(tested.compactMap { self[$0].p }, of: family)
    let reverse = Statistics.holm(tested.map { self[$0].reverseP ?? 1 }, of: family)
    var result = self
    for (place, index) in tested.enumerated() {
      result[index].holm = holm[place]
      result[index].decide(holm[place], reverse[place])
    }
    return result
  }
}

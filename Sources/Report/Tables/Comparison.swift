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
    /// Fewer than two runs of one of the two are finite.
    case tooFew = "too few runs"
  }

  /// The level of all comparisons of a table together.
  package static let level = 0.05

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
  ///   - firstStage: how many of the pairs, the first ones, the spread is taken of; nil for all.
  package init(
    row: String, _ firstName: String, _ first: [Int: Double], _ secondName: String,
    _ second: [Int: Double], direction: Metric.Direction, paired: Bool = true,
    firstStage: Int? = nil
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
    if isPaired {
      judge(
        pairs: trials.map { sign * ((second[$0] ?? 0) - (first[$0] ?? 0)) }, firstStage: firstStage)
    } else {
      judge(
        MeanWithError(of: first.keys.sorted().compactMap { first[$0].map { -sign * $0 } }),
        MeanWithError(of: second.keys.sorted().compactMap { second[$0].map { -sign * $0 } }))
    }
  }

  private mutating func judge(pairs: [Double], firstStage: Int?) {
    guard let interval = MeanInterval(of: pairs, confidence: 0.95, firstStage: firstStage),
      let test = TTest.paired(pairs, firstStage: firstStage),
      let reverse = TTest.paired(pairs.map { -$0 }, firstStage: firstStage)
    else { return }
    advantage = interval.mean
    halfWidth = interval.halfWidth
    signFlip = SignFlipTest(pairs)
    guard pairs.contains(where: { $0 != 0 }) else {
      outcome = .identical
      return
    }
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
        mean: first.mean - second.mean,
        standardError: MeanWithError.differenceError(first, second), degrees: degrees,
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

import Study

/// Two results of one row, and whether the first is the better one.
package struct Comparison: Sendable, Equatable {
  /// What follows.
  package enum Outcome: String, CaseIterable, Sendable {
    /// The first is better: one-sided p below 0.05.
    case confirmed
    /// The second is better: the reverse test's p is below 0.05.
    case contradicted
    /// Neither.
    case open
    /// They differ in either direction, in a number that is neither good nor bad: two-sided p below
    /// 0.05.
    case different
    /// Every pair is equal: the same numbers, not merely no difference.
    case identical
    /// Fewer than two runs of one of the two are finite.
    case tooFew = "too few runs"
  }

  /// The level of one comparison.
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
  /// The same adjusted by Holm's rule for all comparisons of the table.
  package var holm: Double?
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
  package init(
    row: String, _ firstName: String, _ first: [Int: Double], _ secondName: String,
    _ second: [Int: Double], direction: Metric.Direction, paired: Bool = true
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
      judge(pairs: trials.map { sign * ((second[$0] ?? 0) - (first[$0] ?? 0)) })
    } else {
      judge(
        MeanWithError(of: first.keys.sorted().compactMap { first[$0].map { -sign * $0 } }),
        MeanWithError(of: second.keys.sorted().compactMap { second[$0].map { -sign * $0 } }))
    }
  }

  private mutating func judge(pairs: [Double]) {
    guard let interval = MeanInterval(of: pairs, confidence: 0.95),
      let test = TTest.paired(pairs), let reverse = TTest.paired(pairs.map { -$0 })
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
    if direction == .neither {
      let twoSided = min(1, 2 * min(p, reverse))
      self.p = twoSided
      outcome = twoSided < Self.level ? .different : .open
      return
    }
    self.p = p
    outcome = p < Self.level ? .confirmed : reverse < Self.level ? .contradicted : .open
  }
}

extension [Comparison] {
  /// The comparisons with Holm's p beside each, adjusted for all of them together.
  package var adjusted: [Comparison] {
    let tested = indices.filter { self[$0].p != nil }
    let holm = Statistics.holm(tested.compactMap { self[$0].p })
    var result = self
    for (index, p) in zip(tested, holm) { result[index].holm = p }
    return result
  }
}

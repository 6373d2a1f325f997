import Glibc

/// What a random search would have given, had it tried k candidates of those that were tried: the result
/// of the candidate that it would have chosen (Dodge et al. 2019: Show Your Work, section 3, with the
/// chosen candidate's test error in place of its validation error).
package struct BestOfRandom: Sendable, Equatable {
  /// Results with the probability that the candidate is the chosen one.
  private var results: [(value: Double, probability: Double)]

  package static func == (a: BestOfRandom, b: BestOfRandom) -> Bool {
    a.results.elementsEqual(b.results) { $0 == $1 }
  }

  /// Draws k candidates with replacement and keeps the one with the lowest criterion. Candidates of
  /// equal criteria are equally likely to be kept; one without a finite criterion loses against every
  /// other. Nil where no candidate has a finite criterion.
  package init?(of draws: Int, candidates: [(criterion: Double, result: Double)]) {
    let count = Double(candidates.count)
    let finite = candidates.filter { $0.criterion.isFinite && $0.result.isFinite }
      .sorted { ($0.criterion, $0.result) < ($1.criterion, $1.result) }
    guard draws >= 1, !finite.isEmpty else { return nil }
    // The chance that all draws lie at this rank or behind it.
    func behind(_ rank: Int) -> Double { pow((count - Double(rank)) / count, Double(draws)) }
    // A search of which every candidate diverged has no result: what follows is given that one has.
    let whole = 1 - behind(finite.count)
    var results: [(value: Double, probability: Double)] = []
    var first = 0
    while first < finite.count {
      let last = finite[first...].prefix { $0.criterion == finite[first].criterion }.endIndex
      let share = (behind(first) - behind(last)) / whole / Double(last - first)
      for candidate in finite[first..<last] { results.append((candidate.result, share)) }
      first = last
    }
    self.results = results.sorted { $0.value < $1.value }
  }

  /// The expected result.
  package var mean: Double { results.reduce(0) { $0 + $1.probability * $1.value } }

  /// The central interval that holds at least this share of searches.
  package func interval(_ share: Double) -> ClosedRange<Double> {
    let tail = (1 - share) / 2
    let low = quantile(tail)
    return low...max(low, quantile(1 - tail))
  }

  /// The smallest result at which at least this share of searches ends or lies below.
  private func quantile(_ share: Double) -> Double {
    var sum = 0.0
    for result in results {
      sum += result.probability
      if sum >= share - 1e-12 { return result.value }
    }
    return results[results.count - 1].value
  }
}

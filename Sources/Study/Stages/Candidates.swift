import Canonical

extension CellTemplate {
  /// Every way to close the selections, the last one fastest. `bases` holds what the arms chose to
  /// which selections are relative, in the order of the selections.
  func candidates(bases: [Double?]) -> [[JSONValue]] {
    zip(selections, bases).reduce([[]]) { done, pair in
      let values = pair.0.candidates(base: pair.1, n: n)
      return done.flatMap { head in values.map { head + [$0] } }
    }
  }

  /// More candidates than this for one row of a table are taken for a mistake.
  static let candidateMaximum = 10_000

  /// How many candidates there are at most: no offset left out. Counts no further than just above
  /// the maximum.
  var candidateLimit: Int {
    selections.reduce(1) { min($0 * min($1.values.count, 10_001), Self.candidateMaximum + 1) }
  }
}

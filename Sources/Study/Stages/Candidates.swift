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

  /// How many candidates there are at most: no offset left out.
  var candidateLimit: Int { selections.reduce(1) { $0 * $1.values.count } }
}

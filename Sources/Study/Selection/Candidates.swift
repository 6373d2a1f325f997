import Canonical

extension CellTemplate {
  /// Every way to close the selections, the last one fastest; drawn values are taken together, one
  /// from each selection. `bases` holds what the arms chose to which selections are relative, in the
  /// order of the selections.
  func candidates(bases: [Double?]) -> [[JSONValue]] {
    let columns = zip(selections, bases).map { $0.candidates(base: $1, n: n) }
    let draws = zip(selections, columns).filter(\.0.isDrawn).map(\.1.count).min() ?? 1
    return (0..<draws).flatMap { draw in
      zip(selections, columns).reduce([[]]) { done, pair in
        let values = pair.0.isDrawn ? [pair.1[draw]] : pair.1
        return done.flatMap { head in values.map { head + [$0] } }
      }
    }
  }

  /// More candidates than this for one row of a table are taken for a mistake.
  static let candidateMaximum = 10_000

  /// How many candidates there are at most: no offset left out. Counts no further than just above
  /// the maximum.
  var candidateLimit: Int {
    let draws = selections.filter(\.isDrawn).map(\.values.count).min() ?? 1
    return selections.filter { !$0.isDrawn }.reduce(draws) {
      min($0 * min($1.values.count, 10_001), Self.candidateMaximum + 1)
    }
  }

  /// Runs of its selection, at most: a single candidate needs none.
  var selectionLimit: Int { candidateLimit > 1 ? candidateLimit : 0 }
}

/// When enough trials are trained, by Stein's two-stage rule: the spread of the first trials says how
/// many are needed in all, and intervals go on resting on that spread, so that stopping does not bias
/// them (Stein 1945: A two-sample test for a linear hypothesis whose power is independent of the
/// variance).
package enum StoppingRule: Equatable, Sendable {
  /// Until no cell is undecided.
  case verdict
  /// Until the 95 % interval of every mean has at most this half width, in the table's unit.
  case halfWidth(Double)

  /// Trials of the first stage: fewer say nothing about a spread.
  package static let firstStage = 3

  /// Reads `verdict` or `ci=0.2`; nil for anything else.
  package init?(_ text: String) {
    if text == "verdict" {
      self = .verdict
      return
    }
    guard text.hasPrefix("ci="), let value = Double(text.dropFirst(3)), value > 0, value.isFinite
    else { return nil }
    self = .halfWidth(value)
  }

  /// What `init` reads.
  package var text: String {
    switch self {
    case .verdict: "verdict"
    case .halfWidth(let value): "ci=\(value)"
    }
  }
}

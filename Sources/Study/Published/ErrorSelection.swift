/// Which of a run's evaluations is its result.
package enum ErrorSelection: String, CaseIterable, Sendable {
  /// The one after the last update.
  case last
  /// The one with the lowest validation error, the earliest of several.
  case validation
  /// The one with the lowest test error: an oracle, which nobody has in practice.
  case test

  /// The selection in words; the oracle says that it is one.
  package var label: String {
    switch self {
    case .last: "after the last update"
    case .validation: "at the lowest validation error"
    case .test: "at the lowest test error (oracle)"
    }
  }
}

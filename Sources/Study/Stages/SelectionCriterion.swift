import Canonical

/// On which images, and by which evaluation of a candidate's training, hyper-parameters are chosen:
/// `"selectOn"` of a study. It changes which runs follow, but no run's id.
package enum SelectionCriterion: String, CaseIterable, Sendable {
  /// The validation error after the last update.
  case validation
  /// The lowest validation error of the training.
  case lowestValidation
  /// The test error after the last update: an oracle, which needs `"oracle": true`.
  case test

  /// What a candidate is compared by, in per cent: lower is better, a diverged run loses against
  /// every other.
  package func error(of record: RunRecord) -> Double {
    let error: Double? =
      switch self {
      case .validation: record.finalValidationError
      case .lowestValidation: record.bestValidationError
      case .test: record.last
      }
    guard !record.diverged, let error, error.isFinite else { return .infinity }
    return error
  }

  /// Reads `"selectOn"` and `"oracle"`.
  static func read(_ reader: ObjectReader) -> SelectionCriterion {
    let criterion: SelectionCriterion = reader.choice("selectOn", default: .validation)
    let isOracle = reader.bool("oracle", default: false)
    if criterion == .test, !isOracle {
      reader.report(
        "selection on the test set is an oracle, which nobody has in practice", key: "selectOn",
        advice: "say \"oracle\": true beside it; every output then says so too")
    } else if isOracle, criterion != .test {
      reader.report("\"oracle\" goes with \"selectOn\": \"test\"", key: "oracle")
    }
    return criterion
  }
}

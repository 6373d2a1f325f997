import Study

/// What tables need of one finished run. Errors are percentages of wrongly classified images; nil
/// where nothing was evaluated.
package struct RunOutcome: Sendable, Equatable {
  /// The trial's number, from 1.
  package var trial: Int
  /// Whether training left the range of numbers.
  package var diverged: Bool
  /// Test error after the last update.
  package var last: Double?
  /// Test error at the lowest validation error.
  package var atBestValidation: Double?
  /// Lowest test error.
  package var best: Double?
  /// Validation error after the last update.
  package var lastValidation: Double?
  /// Lowest validation error.
  package var bestValidation: Double?
  /// Epochs until the lowest validation error.
  package var bestValidationEpoch: Double?
  /// What was measured beside errors after the last update, by metric.
  package var measures: [String: Double] = [:]

  /// The run's value of `metric` under a selection; nil if it was not measured, or the metric has
  /// no such selection.
  func value(of metric: Metric, _ selection: ErrorSelection) -> Double? {
    switch (metric, selection) {
    case (.testError, .last): last
    case (.testError, .validation): atBestValidation
    case (.testError, .test): best
    case (.testAccuracy, _): value(of: .testError, selection).map { 100 - $0 }
    case (.validationError, .last): lastValidation
    case (.validationError, .validation): bestValidation
    case (.epochs, .validation): bestValidationEpoch
    case (_, .last): measures[metric.name]
    default: nil
    }
  }
}

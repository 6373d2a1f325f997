/// What a published cell measures.
package enum ReproducedMetric: String, CaseIterable, Sendable {
  /// Per cent of test images classified wrongly.
  case testError = "test_error"
  /// Per cent classified rightly.
  case testAccuracy = "test_accuracy"
  /// Per cent of validation images classified wrongly.
  case validationError = "validation_error"
  /// Epochs until the validation error is lowest, pre-training left out.
  case epochs
  /// The share of numbers that are exactly 0.
  case sparsity
  /// Var(evaluation)/Var(training) behind an activation.
  case shiftRatio = "shift_ratio"
  /// By how many per cent the accuracy lies above that of another arm, relative to it.
  case relativeImprovement = "relative_improvement_percent"
  /// How many times fewer numbers other than 0 than another arm has.
  case compression
  /// The value of an axis with the lowest mean test error.
  case argmin = "argmin_p"
  /// Classes of the data.
  case classes
  /// Training images of a class, those for validation included.
  case trainingPerClass = "train_per_class"
  /// Test images of a class.
  case testPerClass = "test_per_class"
  /// Parameters of the network, in millions.
  case parameters = "params"

  /// Whether two arms are set against each other: the mapping needs `"over"`.
  package var comparesArms: Bool { self == .relativeImprovement || self == .compression }
  /// Whether it is a fact of data or network, which no training changes.
  package var isFact: Bool {
    switch self {
    case .classes, .trainingPerClass, .testPerClass, .parameters: true
    default: false
    }
  }
}

/// What a table shows of its runs.
package struct Metric: Sendable, Hashable {
  /// The name in configs and in `table.csv`: `test_error`, …
  package var name: String

  /// The metric of this name.
  package init(_ name: String) { self.name = name }

  /// The share of wrongly classified test images, in percent.
  package static let testError = Metric("test_error")
  /// The share of rightly classified test images, in percent.
  package static let testAccuracy = Metric("test_accuracy")
  /// The share of wrongly classified validation images, in percent.
  package static let validationError = Metric("validation_error")
  /// Epochs until the validation error is lowest.
  package static let epochs = Metric("epochs")
  /// The share of numbers that are exactly 0.
  package static let sparsity = Metric("sparsity")
  /// By how many per cent an accuracy lies above the baseline's, relative to it.
  package static let relativeImprovement = Metric("relative_improvement_percent")
  /// How many times fewer numbers other than 0 there are than in the baseline.
  package static let compression = Metric("compression")
  /// The value of an axis with the lowest mean test error.
  package static let argmin = Metric("argmin_p")

  /// Whether a smaller value is the better one: errors, times and epochs are such, accuracies and
  /// sparsities are not.
  package var smallerIsBetter: Bool {
    switch self {
    case .testAccuracy, .sparsity, .compression, .relativeImprovement: false
    default: true
    }
  }

  /// The metric as the start of a sentence: `Test error`.
  package var title: String {
    if let title = Self.titles[name] { return title }
    let words = name.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static let titles = [
    "epochs": "Epochs until the validation error is lowest",
    "relative_improvement_percent":
      "Improvement of the accuracy relative to the baseline's, trial by trial, with the one-sided p of "
      + "Welch's test",
    "compression": "Weights left by the baseline over weights left, trial by trial",
    "argmin_p": "Place of the lowest mean test error",
    "classes": "Classes", "train_per_class": "Training images of a class",
    "test_per_class": "Test images of a class", "params": "Parameters", "rmse": "RMSE",
  ]

  /// Whether it is a fact of data or network, which no training changes.
  package var isFact: Bool {
    ["classes", "train_per_class", "test_per_class", "params"].contains(name)
  }

  /// Decimals that tables print in a unit.
  package static func decimals(unit: String) -> Int {
    switch unit {
    case "percent", "epochs", "x", "probability": 2
    case "ratio": 4
    case "count": 1
    default: 3
    }
  }
}

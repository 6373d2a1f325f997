/// What a table shows of its runs.
public struct Metric: Sendable, Hashable {
  /// The name in configs and in `table.csv`: `test_error`, …
  public var name: String

  /// The metric of this name.
  public init(_ name: String) { self.name = name }

  /// The share of wrongly classified test images, in percent.
  public static let testError = Metric("test_error")
  /// The share of rightly classified test images, in percent.
  public static let testAccuracy = Metric("test_accuracy")
  /// The share of wrongly classified validation images, in percent.
  public static let validationError = Metric("validation_error")

  /// Whether a smaller value is the better one: errors, times and epochs are such, accuracies and
  /// sparsities are not.
  public var smallerIsBetter: Bool {
    switch self {
    case .testAccuracy, Metric("sparsity"), Metric("compression"),
      Metric("relative_improvement_percent"):
      false
    default: true
    }
  }

  /// The metric as the start of a sentence: `Test error`.
  public var title: String {
    if self == Metric("rmse") { return "RMSE" }
    let words = name.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Decimals that tables print in a unit.
  public static func decimals(unit: String) -> Int {
    switch unit {
    case "percent": 2
    case "ratio": 4
    default: 3
    }
  }
}

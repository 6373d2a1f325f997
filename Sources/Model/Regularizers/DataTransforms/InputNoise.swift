import Canonical

/// Adds Gaussian noise to the normalized inputs, fresh for each image and epoch. For linear
/// regression its expectation is the penalty std²·‖w‖² (the lecture's noise injection).
package struct InputNoise: DataTransform, Hashable {
  /// The name in configs.
  package static let name = "input-noise"
  package static let summary = "Gaussian noise is added to what the network reads"
  package static let example: any Regularizer = InputNoise(std: 0.1)

  /// Standard deviation, in units of the network's input.
  package var std: Double

  /// Adds noise of this standard deviation.
  package init(std: Double) { self.std = std }

  package static let blank = InputNoise(std: 0)
  package static let fields: [Field<InputNoise>] = [
    .number(
      "std", \.std, in: 0...1e6, .required,
      "standard deviation, in units of the network's input")
  ]

  package func problem(on shape: FeatureShape) -> String? { nil }
}

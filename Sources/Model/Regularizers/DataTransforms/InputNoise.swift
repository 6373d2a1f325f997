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

  /// Reads its keys.
  package init(reading reader: ObjectReader) { std = reader.double("std", in: 0...1e6) }

  package var json: JSONValue {
    .object(["name": .string(Self.name), "std": .number(std)])
  }

  package func problem(on shape: FeatureShape) -> String? { nil }
}

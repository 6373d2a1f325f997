import Canonical

/// Adds Gaussian noise to the normalized inputs, fresh for each image and epoch. For linear
/// regression its expectation is the penalty std²·‖w‖² (the lecture's noise injection).
public struct InputNoise: DataTransform, Hashable {
  /// The name in configs.
  public static let name = "input-noise"
  /// For listings.
  public static let summary = "Gaussian noise is added to what the network reads"
  /// For listings.
  public static let example: any Regularizer = InputNoise(std: 0.1)

  /// Standard deviation, in units of the network's input.
  public var std: Double

  /// Adds noise of this standard deviation.
  public init(std: Double) { self.std = std }

  /// Reads its keys.
  public init(reading reader: ObjectReader) { std = reader.double("std", in: 0...1e6) }

  /// The canonical form.
  public var json: JSONValue {
    .object(["name": .string(Self.name), "std": .number(std)])
  }

  /// Why it cannot act on images of this shape, or nil.
  public func problem(on shape: FeatureShape) -> String? { nil }
}

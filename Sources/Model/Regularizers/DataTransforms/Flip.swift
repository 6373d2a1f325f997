import Canonical

/// Exchanges left and right.
public struct Flip: DataTransform, Hashable {
  public static let name = "flip"

  /// How often.
  public var probability: Double

  /// Flips with this probability.
  public init(probability: Double = 0.5) { self.probability = probability }

  public init(reading reader: ObjectReader) {
    probability = reader.double("probability", default: 0.5, in: 0...1)
  }

  public var json: JSONValue {
    .object(["name": .string(Self.name), "probability": .number(probability)])
  }

  public func problem(on shape: FeatureShape) -> String? { nil }
}

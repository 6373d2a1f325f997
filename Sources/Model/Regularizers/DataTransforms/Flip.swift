import Canonical

/// Exchanges left and right.
public struct Flip: DataTransform, Hashable {
  /// The name in configs.
  public static let name = "flip"
  /// For listings.
  public static let summary = "images are mirrored left to right at random"
  /// For listings.
  public static let example: any Regularizer = Flip()

  /// How often.
  public var probability: Double

  /// Flips with this probability.
  public init(probability: Double = 0.5) { self.probability = probability }

  /// Reads its keys.
  public init(reading reader: ObjectReader) {
    probability = reader.double("probability", default: 0.5, in: 0...1)
  }

  /// The canonical form.
  public var json: JSONValue {
    .object(["name": .string(Self.name), "probability": .number(probability)])
  }

  /// Why it cannot act on images of this shape, or nil.
  public func problem(on shape: FeatureShape) -> String? { nil }
}

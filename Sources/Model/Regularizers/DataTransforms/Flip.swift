import Canonical

/// Exchanges left and right.
package struct Flip: DataTransform, Hashable {
  /// The name in configs.
  package static let name = "flip"
  package static let summary = "images are mirrored left to right at random"
  package static let example: any Regularizer = Flip()

  /// How often.
  package var probability: Double

  /// Flips with this probability.
  package init(probability: Double = 0.5) { self.probability = probability }

  /// Reads its keys.
  package init(reading reader: ObjectReader) {
    probability = reader.double("probability", default: 0.5, in: 0...1)
  }

  package var json: JSONValue {
    .object(["name": .string(Self.name), "probability": .number(probability)])
  }

  package func problem(on shape: FeatureShape) -> String? { nil }
}

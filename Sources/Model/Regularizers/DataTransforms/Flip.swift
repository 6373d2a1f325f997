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

  package static let blank = Flip()
  package static let fields: [Field<Flip>] = [
    .number("probability", \.probability, in: 0...1, .optional, "how often")
  ]

  package func problem(on shape: FeatureShape) -> String? { nil }
}

import Canonical

/// Turns the image about its centre by an angle that is uniform in ± `degrees`; each pixel takes the
/// nearest one.
package struct Rotation: DataTransform, Hashable {
  /// The name in configs.
  package static let name = "rotation"
  package static let summary = "images are turned by a random angle"
  package static let example: any Regularizer = Rotation(degrees: 15)

  /// The largest angle.
  package var degrees: Double
  /// What stands in the corners.
  package var fill: Fill

  /// Turns by up to this angle.
  package init(degrees: Double, fill: Fill = .zero) {
    self.degrees = degrees
    self.fill = fill
  }

  package static let blank = Rotation(degrees: 0)
  package static let fields: [Field<Rotation>] = [
    .number("degrees", \.degrees, in: 0...180, .required, "the largest angle"),
    .choice("fill", \.fill, .optional, "what stands in the corners"),
  ]

  package func problem(on shape: FeatureShape) -> String? { nil }
}

import Canonical

/// Multiplies all pixels of an image by one factor, uniform in 1 − most … 1 + most; what leaves 0 to
/// 255 is clipped.
package struct Brightness: DataTransform, Hashable {
  /// The name in configs.
  package static let name = "brightness"
  package static let summary = "images become brighter or darker by a random factor"
  package static let example: any Regularizer = Brightness(most: 0.2)

  /// The largest change of the factor.
  package var most: Double

  /// Changes the brightness by up to this share.
  package init(most: Double) { self.most = most }

  package static let blank = Brightness(most: 0)
  package static let fields: [Field<Brightness>] = [
    .number("most", \.most, in: 0...1, .required, "the largest change of the factor")
  ]

  package func problem(on shape: FeatureShape) -> String? { nil }
}

import Canonical

/// The policy of 25 sub-policies that AutoAugment (Cubuk, Zoph, Mané, Vasudevan, Le) found for
/// CIFAR: one of them, drawn uniformly for each image, applies two operations.
///
/// The operations are those of the Python Imaging Library. Whatever moves pixels takes the nearest
/// one; DeepVoltaire's code shears with bicubic interpolation instead.
package struct AutoAugment: DataTransform, Hashable {
  /// The name in configs.
  package static let name = "autoaugment"
  package static let summary =
    "one of 25 learned pairs of image operations is applied to each image"
  package static let example: any Regularizer = AutoAugment()

  /// How the magnitudes of the policy, levels from 0 to 9, become numbers: the two public readings.
  package enum Ranges: String, CaseIterable, Sendable {
    /// t = level/10, whole pixels and degrees, factors 0.1 + 1.8·t, void where the image was moved
    /// away (tensorflow/models: research/autoaugment).
    case tenths
    /// t = level/9, factors 1 ± 0.9·t, grey where the image was moved away (DeepVoltaire/AutoAugment).
    case ninths
  }

  /// The reading.
  package var ranges: Ranges

  /// The policy in one of its readings.
  package init(ranges: Ranges = .tenths) { self.ranges = ranges }

  package static let blank = AutoAugment()
  package static let fields: [Field<AutoAugment>] = [
    .choice("ranges", \.ranges, .optional, "how the levels of the policy become numbers")
  ]

  package func problem(on shape: FeatureShape) -> String? {
    [1, 3].contains(shape.channels)
      ? nil : "the policy is for images of 1 or 3 channels, not \(shape.channels)"
  }
}

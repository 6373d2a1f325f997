import Canonical

/// The shape of one sample's features: a map of `height` × `width` positions with `channels`
/// numbers each, stored channels last (NHWC). A vector is a 1 × 1 map.
package struct FeatureShape: Hashable, Sendable, CustomStringConvertible {
  /// Rows.
  package var height: Int
  /// Columns.
  package var width: Int
  /// Numbers per position.
  package var channels: Int

  /// A map.
  package init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// A vector of `count` numbers.
  package init(vector count: Int) { self.init(height: 1, width: 1, channels: count) }

  /// Positions, height × width.
  package var positions: Int { height * width }
  /// Numbers per sample.
  package var count: Int { height * width * channels }
  /// Whether there is only one position.
  package var isVector: Bool { positions == 1 }

  /// `channels×height×width` as papers write it, or the length of a vector.
  package var description: String {
    isVector ? "\(channels)" : "\(channels)×\(height)×\(width)"
  }
}

extension FeatureShape {
  /// 28×28 pixels of one channel, as in MNIST.
  package static let mnistImage = FeatureShape(height: 28, width: 28, channels: 1)
  /// 32×32 pixels of three channels, as in CIFAR and SVHN.
  package static let cifarImage = FeatureShape(height: 32, width: 32, channels: 3)

  /// The shape of one image as three keys.
  static func fields(_ presence: Presence) -> [Field<FeatureShape>] {
    [
      .whole("height", \.height, in: 1...1024, presence, "rows of pixels"),
      .whole("width", \.width, in: 1...1024, presence, "pixels in a row"),
      .whole("channels", \.channels, in: 1...64, presence, "colours"),
    ]
  }
}

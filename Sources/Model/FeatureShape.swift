/// The shape of one sample's features: a map of `height` × `width` positions with `channels`
/// numbers each, stored channels last (NHWC). A vector is a 1 × 1 map.
public struct FeatureShape: Hashable, Sendable, CustomStringConvertible {
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int
  /// Numbers per position.
  public var channels: Int

  /// A map.
  public init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// A vector of `count` numbers.
  public init(vector count: Int) { self.init(height: 1, width: 1, channels: count) }

  /// Positions, height × width.
  public var positions: Int { height * width }
  /// Numbers per sample.
  public var count: Int { height * width * channels }
  /// Whether there is only one position.
  public var isVector: Bool { positions == 1 }

  /// `channels×height×width` as papers write it, or the length of a vector.
  public var description: String {
    isVector ? "\(channels)" : "\(channels)×\(height)×\(width)"
  }
}

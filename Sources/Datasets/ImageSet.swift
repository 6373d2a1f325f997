import Model

/// Images with their labels, in memory that the `Dataset` owns.
public struct ImageSet: @unchecked Sendable {
  /// One image's shape.
  public let shape: FeatureShape
  /// Number of images.
  public let count: Int
  /// `count` images, each height × width × channels (NHWC), values 0 to 255.
  public let pixels: UnsafeBufferPointer<UInt8>
  /// `count` labels from 0.
  public let labels: UnsafeBufferPointer<UInt8>

  init(
    shape: FeatureShape, pixels: UnsafeBufferPointer<UInt8>, labels: UnsafeBufferPointer<UInt8>
  ) {
    self.shape = shape
    count = labels.count
    self.pixels = pixels
    self.labels = labels
  }
}

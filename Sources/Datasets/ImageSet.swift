import Model

/// Images with their labels, in memory that the `Dataset` owns.
package struct ImageSet: @unchecked Sendable {
  /// One image's shape.
  package let shape: FeatureShape
  /// Number of images.
  package let count: Int
  /// `count` images, each height × width × channels (NHWC), values 0 to 255.
  package let pixels: UnsafeBufferPointer<UInt8>
  /// `count` labels from 0.
  package let labels: UnsafeBufferPointer<UInt8>

  init(
    shape: FeatureShape, pixels: UnsafeBufferPointer<UInt8>, labels: UnsafeBufferPointer<UInt8>
  ) {
    self.shape = shape
    count = labels.count
    self.pixels = pixels
    self.labels = labels
  }
}

import Model

/// Images and labels that are being read, file by file.
final class ImageStore {
  /// One image's shape, once it is known.
  private(set) var shape: FeatureShape?
  /// The images, NHWC.
  private(set) var pixels = HeapBytes(count: 0)
  /// A label from 0 for each.
  private(set) var labels = HeapBytes(count: 0)

  /// Says of which shape the images of a file are: the same in all.
  func take(_ other: FeatureShape, file: String) throws(DatasetError) {
    if let shape, shape != other {
      throw DatasetError(
        .corrupt, file: file, "images of \(other), but those of the files before are \(shape)",
        advice: "the files belong to different data sets")
    }
    shape = other
  }

  /// Appends images of the shape that was taken last.
  func append(pixels more: HeapBytes) { pixels = Self.joined(pixels, more) }

  func append(labels more: HeapBytes) { labels = Self.joined(labels, more) }

  /// What has been read.
  func set(_ shape: FeatureShape) -> ImageSet {
    ImageSet(shape: shape, pixels: pixels.buffer, labels: labels.buffer)
  }

  private static func joined(_ old: HeapBytes, _ more: HeapBytes) -> HeapBytes {
    if old.count == 0 { return more }
    old.append(more.count).copyMemory(from: UnsafeRawBufferPointer(more.raw))
    return old
  }
}

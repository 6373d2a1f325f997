import Model

/// Images and labels that are being read, file by file.
final class ImageStore {
  /// One image's shape, once it is known.
  private(set) var shape: FeatureShape?
  /// The images, NHWC.
  private(set) var pixels: [UInt8] = []
  /// A label for each.
  var labels: [UInt8] = []
  /// How many classes there are, where more than the labels tells.
  var classes: Int?

  /// Says of which shape the images of a file are: the same in all.
  func take(_ other: FeatureShape, file: String) throws(DatasetError) {
    if let shape, shape != other {
      throw DatasetError(
        .corrupt, file: file, "images of \(other), but those of the files before are \(shape)",
        advice: "the files belong to different data sets")
    }
    shape = other
  }

  /// Takes memory for this many more images of the shape that was taken last.
  func reserve(images: Int) throws(DatasetError) {
    let bytes = images * (shape?.count ?? 0)
    guard bytes > pixels.capacity - pixels.count else { return }
    try MemoryLimit.check(pixels.count + bytes)
    pixels.reserveCapacity(pixels.count + bytes)
  }

  /// Appends pixels of whole images of the shape that was taken last.
  func append(pixels more: [UInt8]) {
    if pixels.isEmpty { pixels = more } else { pixels += more }
  }

  /// Appends one image, whose pixels `write` sets.
  func appendImage(_ write: (inout MutableSpan<UInt8>) -> Void) {
    // A span cannot be had of an object's property, so that the array is taken out meanwhile.
    var pixels: [UInt8] = []
    swap(&pixels, &self.pixels)
    let start = pixels.count
    pixels.append(contentsOf: repeatElement(0, count: shape?.count ?? 0))
    var span = pixels.mutableSpan
    var image = span.extracting(droppingFirst: start)
    write(&image)
    self.pixels = pixels
  }

  /// Appends what another store has read, whose shape was taken.
  func append(_ other: ImageStore) {
    append(pixels: other.pixels)
    labels += other.labels
  }

  /// What has been read.
  func set(_ shape: FeatureShape) -> ImageSet {
    ImageSet(shape: shape, pixels: pixels, labels: labels)
  }
}

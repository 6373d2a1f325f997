import Durable
import Model

/// Images with their labels, and the memory that holds them: arrays of this process, or a file that
/// is mapped.
package struct ImageSet: Sendable {
  /// One image's shape.
  package let shape: FeatureShape
  /// Number of images.
  package let count: Int
  private let ownPixels: [UInt8]
  private let ownLabels: [UInt8]
  private let mapped: Mapped?

  private struct Mapped {
    var file: MappedFile
    var start: Int
  }

  /// Images of this process: NHWC, values 0 to 255, and a label from 0 for each.
  package init(shape: FeatureShape, pixels: [UInt8], labels: [UInt8]) {
    precondition(pixels.count == labels.count * shape.count, "each image has a label")
    self.shape = shape
    count = labels.count
    (ownPixels, ownLabels) = (pixels, labels)
    mapped = nil
  }

  /// `count` images that begin at byte `start` of a file, their labels behind them.
  init(shape: FeatureShape, count: Int, in file: MappedFile, at start: Int) {
    precondition(
      start >= 0 && start + count * (shape.count + 1) <= file.bytes.count, "the file holds them")
    self.shape = shape
    self.count = count
    (ownPixels, ownLabels) = ([], [])
    mapped = Mapped(file: file, start: start)
  }

  /// `count` images, each height × width × channels (NHWC), values 0 to 255.
  package var pixels: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      guard let mapped else { return ownPixels.span }
      return _overrideLifetime(
        Self.span(mapped.file, mapped.start, count * shape.count), borrowing: self)
    }
  }

  /// `count` labels from 0.
  package var labels: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      guard let mapped else { return ownLabels.span }
      return _overrideLifetime(
        Self.span(mapped.file, mapped.start + count * shape.count, count), borrowing: self)
    }
  }

  /// The first images, from the beginning again where there are fewer than `count`.
  func repeated(to count: Int) -> ImageSet {
    let order = (0..<count).map { $0 % self.count }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * shape.count)
    for image in order {
      let own = image * shape.count
      for pixel in own..<own + shape.count { pixels.append(self.pixels[pixel]) }
    }
    return ImageSet(shape: shape, pixels: pixels, labels: order.map { labels[$0] })
  }

  /// The pixels of one image.
  @_lifetime(borrow self)
  func image(_ index: Int) -> Span<UInt8> {
    pixels.extracting((index * shape.count)..<((index + 1) * shape.count))
  }

  /// Part of a mapped file, which lives as long as `file`.
  @_lifetime(borrow file)
  private static func span(_ file: MappedFile, _ start: Int, _ count: Int) -> Span<UInt8> {
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[start..<(start + count)])
    return _overrideLifetime(Span(_unsafeBytes: bytes), borrowing: file)
  }
}

extension [UInt8] {
  /// The bytes of a span.
  package init(copying span: Span<UInt8>) {
    self = span.withUnsafeBufferPointer { Array($0) }
  }
}

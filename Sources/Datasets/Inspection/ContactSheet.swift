import Durable
import Model

/// Small images side by side in one picture, so that a person can see what they are.
package struct ContactSheet: Sendable {
  /// More than this is no overview.
  package static let maximumImages = 10_000
  /// Pixels of the picture for each pixel of an image, and between images.
  private static let zoom = 2
  private static let gap = 2

  /// One image's shape.
  package let shape: FeatureShape
  /// NHWC, values 0 to 255.
  package let pixels: [UInt8]

  /// Images (NHWC) in their order.
  init(shape: FeatureShape, pixels: [UInt8]) {
    self.shape = shape
    self.pixels = pixels
  }

  /// The first `count` of a set.
  package init(_ images: ImageSet, count: Int) {
    shape = images.shape
    pixels = Array(
      copying: images.pixels.extracting(first: min(count, images.count) * images.shape.count))
  }

  /// How many images there are.
  package var count: Int { pixels.count / shape.count }

  /// Writes the picture as a PNG file.
  package func write(to path: String) throws(FileError) {
    try AtomicFile.write(picture.file, to: path)
  }

  var picture: PNGImage {
    let columns = max(1, Int(Double(count).squareRoot().rounded(.up)))
    let rows = max(1, (count + columns - 1) / columns)
    let (height, width) = (shape.height * Self.zoom, shape.width * Self.zoom)
    var picture = PNGImage(
      width: columns * (width + Self.gap) + Self.gap,
      height: rows * (height + Self.gap) + Self.gap, grey: 96)
    for image in 0..<count {
      let top = image / columns * (height + Self.gap) + Self.gap
      let left = image % columns * (width + Self.gap) + Self.gap
      for row in 0..<height {
        for column in 0..<width {
          picture.set(
            row: top + row, column: left + column,
            colour(image, row / Self.zoom, column / Self.zoom))
        }
      }
    }
    return picture
  }

  private func colour(_ image: Int, _ row: Int, _ column: Int) -> SIMD3<UInt8> {
    let place = ((image * shape.height + row) * shape.width + column) * shape.channels
    guard shape.channels >= 3 else { return SIMD3(repeating: pixels[place]) }
    return SIMD3(pixels[place], pixels[place + 1], pixels[place + 2])
  }
}

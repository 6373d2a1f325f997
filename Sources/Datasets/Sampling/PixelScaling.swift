/// Turns pixels into the numbers that a network reads.
public struct PixelScaling: Hashable, Sendable {
  private let factor: Float

  /// Multiplies every pixel (0 to 255) by `scale`, rounded to a Float.
  public init(scale: Double) { factor = Float(scale) }

  /// Writes the images with these indices one behind the other into `output`, which has room for
  /// indices × height × width × channels numbers (NHWC).
  public func fill(
    _ output: UnsafeMutablePointer<Float>, _ images: ImageSet,
    _ indices: UnsafeBufferPointer<Int32>
  ) {
    let size = images.shape.count
    for (place, index) in indices.enumerated() {
      let image = UnsafeBufferPointer(
        rebasing: images.pixels[(Int(index) * size)..<((Int(index) + 1) * size)])
      Self.scale(
        image, UnsafeMutableBufferPointer(start: output + place * size, count: size), factor)
    }
  }

  /// Writes the labels of the images with these indices into `output`.
  public func fillLabels(
    _ output: UnsafeMutablePointer<Int32>, _ images: ImageSet,
    _ indices: UnsafeBufferPointer<Int32>
  ) {
    for (place, index) in indices.enumerated() {
      output[place] = Int32(images.labels[Int(index)])
    }
  }

  // A free loop over pointers, so that it becomes vector instructions.
  private static func scale(
    _ pixels: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<Float>,
    _ factor: Float
  ) {
    for i in 0..<pixels.count { output[i] = Float(pixels[i]) * factor }
  }
}

/// Mean and standard deviation of chosen images, on the scale from 0 to 255.
///
/// Sums are whole numbers, so they do not depend on the order of the images.
struct PixelStatistics {
  /// For every pixel and channel (NHWC).
  let means: [Double]
  /// Likewise, dividing by the number of images.
  let deviations: [Double]
  /// For every channel, over all pixels.
  let channelMeans: [Double]
  /// Likewise.
  let channelDeviations: [Double]

  /// Of the images with these indices, at least one; all others are not looked at.
  init(_ images: ImageSet, _ indices: [Int]) {
    precondition(!indices.isEmpty, "statistics need images")
    let size = images.shape.count
    let channels = images.shape.channels
    var sums = [UInt64](repeating: 0, count: size)
    var squares = sums
    for index in indices {
      let image = images.image(index)
      for i in 0..<size {
        let value = UInt64(image[i])
        sums[i] &+= value
        squares[i] &+= value &* value
      }
    }
    let pixel = zip(sums, squares).map { Self.moments($0, $1, indices.count) }
    (means, deviations) = (pixel.map(\.mean), pixel.map(\.deviation))
    let channel = (0..<channels).map { channel in
      let places = stride(from: channel, to: size, by: channels)
      return Self.moments(
        places.reduce(0) { $0 + sums[$1] }, places.reduce(0) { $0 + squares[$1] },
        indices.count * size / channels)
    }
    (channelMeans, channelDeviations) = (channel.map(\.mean), channel.map(\.deviation))
  }

  private static func moments(
    _ sum: UInt64, _ squares: UInt64, _ count: Int
  ) -> (mean: Double, deviation: Double) {
    let mean = Double(sum) / Double(count)
    // n·Σx² − (Σx)² is exact in 128 bits, so that nothing cancels.
    let spread = UInt128(count) * UInt128(squares) - UInt128(sum) * UInt128(sum)
    return (mean, (Double(spread)).squareRoot() / Double(count))
  }
}

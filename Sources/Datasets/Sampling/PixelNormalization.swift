import Model

/// Turns pixels into the numbers that a network reads: x · factor + offset, with a factor and an
/// offset for each pixel and channel.
package struct PixelNormalization: Sendable {
  /// One factor for all where nothing is subtracted.
  private let scale: Float
  private let factors: [Float]
  private let offsets: [Float]

  /// Multiplies every pixel (0 to 255) by `scale`, rounded to a Float.
  package init(scale: Double) {
    self.scale = Float(scale)
    (factors, offsets) = ([], [])
  }

  /// What a data set's spec asks for. Statistics are those of the training images `subset` and of
  /// no others; a pixel that never varies is divided by 1.
  package init(_ spec: DatasetSpec, training: ImageSet, subset: [Int]) {
    let normalization = spec.normalization
    guard normalization != .none else {
      self.init(scale: spec.scale)
      return
    }
    let shape = training.shape
    func everywhere(_ channels: [Double]) -> [Double] {
      (0..<shape.count).map { channels[$0 % shape.channels % channels.count] }
    }
    if let preset = normalization.preset {
      let (mean, std) = preset.constants
      self.init(mean: everywhere(mean), std: everywhere(std), scale: 1)
      return
    }
    let sources = [normalization.mean, normalization.std]
    let statistics =
      sources.contains(.pixel) || sources.contains(.channel)
      ? PixelStatistics(training, subset) : nil
    func values(
      _ source: NormalizationSpec.Source, _ pixel: [Double]?, _ channel: [Double]?,
      otherwise: Double
    ) -> [Double] {
      switch source {
      case .none: everywhere([otherwise])
      case .pixel: (pixel ?? []).map { $0 * spec.scale }
      case .channel: everywhere((channel ?? []).map { $0 * spec.scale })
      case .constants(let constants): everywhere(constants)
      }
    }
    self.init(
      mean: values(
        normalization.mean, statistics?.means, statistics?.channelMeans, otherwise: 0),
      std: values(
        normalization.std, statistics?.deviations, statistics?.channelDeviations, otherwise: 1),
      scale: spec.scale)
  }

  private init(mean: [Double], std: [Double], scale: Double) {
    self.scale = Float(scale)
    let divisors = std.map { $0 > 0 ? $0 : 1 }
    factors = divisors.map { Float(scale / $0) }
    offsets = zip(mean, divisors).map { Float(-$0 / $1) }
  }

  /// Writes the images with these indices one behind the other into `output`, which has room for
  /// indices × height × width × channels numbers (NHWC).
  package func fill(
    _ output: UnsafeMutablePointer<Float>, _ images: ImageSet,
    _ indices: UnsafeBufferPointer<Int32>
  ) {
    let size = images.shape.count
    for (place, index) in indices.enumerated() {
      normalize(
        images.image(Int(index)),
        UnsafeMutableBufferPointer(start: output + place * size, count: size))
    }
  }

  /// Writes the labels of the images with these indices into `output`.
  package static func fillLabels(
    _ output: UnsafeMutablePointer<Int32>, _ images: ImageSet,
    _ indices: UnsafeBufferPointer<Int32>
  ) {
    for (place, index) in indices.enumerated() {
      output[place] = Int32(images.labels[Int(index)])
    }
  }

  /// One image.
  func normalize(_ pixels: Span<UInt8>, _ output: UnsafeMutableBufferPointer<Float>) {
    pixels.withUnsafeBufferPointer { pixels in
      guard !factors.isEmpty else { return Self.scale(pixels, output, scale) }
      factors.withUnsafeBufferPointer { factors in
        offsets.withUnsafeBufferPointer { offsets in
          Self.normalize(pixels, output, factors, offsets)
        }
      }
    }
  }

  // Free loops over pointers, so that they become vector instructions.
  private static func scale(
    _ pixels: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<Float>,
    _ factor: Float
  ) {
    for i in 0..<pixels.count { output[i] = Float(pixels[i]) * factor }
  }

  private static func normalize(
    _ pixels: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<Float>,
    _ factors: UnsafeBufferPointer<Float>, _ offsets: UnsafeBufferPointer<Float>
  ) {
    for i in 0..<pixels.count { output[i] = Float(pixels[i]) * factors[i] + offsets[i] }
  }
}

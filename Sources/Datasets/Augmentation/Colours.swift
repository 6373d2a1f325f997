/// Operations on the values of pixels as the Python Imaging Library defines them, because the
/// policies of AutoAugment are defined by it.
extension WorkingImage {
  /// Replaces every value by what a table says for its channel; void pixels become what the table
  /// makes of their value.
  func look(_ table: (Int) -> [UInt8]) {
    for channel in 0..<channels {
      let values = table(channel)
      for place in stride(from: channel, to: pixels.count, by: channels) {
        pixels[place] = values[Int(pixels[place])]
      }
    }
    clearVoids()
  }

  /// Mixes with another image of as many values: `other` + factor · (self − other), clipped.
  func blend(with other: (Int) -> UInt8, factor: Float) {
    for place in pixels.indices {
      let base = Int32(other(place))
      let mixed = Float(base) + factor * Float(Int32(pixels[place]) - base)
      pixels[place] = UInt8(min(max(mixed, 0), 255))
    }
  }

  /// The brightness of a pixel (ITU-R 601-2 in 16-bit fixed point).
  func luma(_ pixel: Int) -> UInt8 {
    guard channels == 3 else { return pixels[pixel &* channels] }
    let red = Int(pixels[pixel &* 3])
    let green = Int(pixels[pixel &* 3 &+ 1])
    let blue = Int(pixels[pixel &* 3 &+ 2])
    return UInt8((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16)
  }

  func adjustColour(_ factor: Float) {
    let grey = (0..<(height * width)).map { luma($0) }
    blend(with: { grey[$0 / channels] }, factor: factor)
  }

  func adjustContrast(_ factor: Float) {
    let area = height * width
    let sum = (0..<area).reduce(0) { $0 + Int(luma($1)) }
    let mean = UInt8((2 * sum + area) / (2 * area))
    blend(with: { _ in mean }, factor: factor)
  }

  func adjustBrightness(_ factor: Float) { blend(with: { _ in 0 }, factor: factor) }

  /// Away from (or towards) the image smoothed by 1 1 1 / 1 5 1 / 1 1 1, whose border is as it was.
  func adjustSharpness(_ factor: Float) {
    let old = Array(pixels)
    let row = width * channels
    blend(
      with: { place in
        let (y, x) = (place / row, place % row / channels)
        guard y > 0, y < height - 1, x > 0, x < width - 1 else { return old[place] }
        var sum = 4 * Int(old[place])
        for above in stride(from: place - row, through: place + row, by: row) {
          sum += Int(old[above - channels]) + Int(old[above]) + Int(old[above + channels])
        }
        return UInt8((2 * sum + 13) / 26)
      }, factor: factor)
  }

  /// Stretches each channel to the whole range.
  func stretchContrast() {
    look { channel in
      let values = stride(from: channel, to: pixels.count, by: channels).map { pixels[$0] }
      let (low, high) = (Int(values.min() ?? 0), Int(values.max() ?? 0))
      guard high > low else { return Self.identity }
      let scale = 255 / Double(high - low)
      let offset = -Double(low) * scale
      return (0..<256).map { UInt8(min(max(Double($0) * scale + offset, 0), 255)) }
    }
  }

  /// Makes the values of each channel about equally frequent.
  func equalize() {
    look { channel in
      var histogram = [Int](repeating: 0, count: 256)
      for place in stride(from: channel, to: pixels.count, by: channels) {
        histogram[Int(pixels[place])] += 1
      }
      guard let last = histogram.last(where: { $0 > 0 }) else { return Self.identity }
      let step = (height * width - last) / 255
      guard step > 0 else { return Self.identity }
      var count = step / 2
      return histogram.map { frequency in
        defer { count += frequency }
        return UInt8(min(count / step, 255))
      }
    }
  }

  /// Keeps the upper bits of every value.
  func posterize(bits: Int) {
    let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - bits))
    look { _ in Self.identity.map { $0 & mask } }
  }

  /// Inverts values that are not below a threshold.
  func solarize(threshold: Double) {
    look { _ in Self.identity.map { Double($0) < threshold ? $0 : 255 - $0 } }
  }

  func invert() { look { _ in Self.identity.map { 255 - $0 } } }

  private static let identity = (0..<256).map { UInt8($0) }
}

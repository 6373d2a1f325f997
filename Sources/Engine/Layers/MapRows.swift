/// How linear layers see their maps: row by row of an image, the numbers ready to be multiplied.
/// Whatever stands between the maps and the product (a ReLU's mask, a normalization that is not
/// worth a map of its own) is computed while a row is copied.

/// The maps that a linear layer reads.
struct MapSource {
  let maps: FeatureMaps

  /// Copies one row of an image.
  /// - Parameters:
  ///   - target: where its first position goes; the others follow `columnStride` floats apart.
  @inline(__always)
  func copyRow(_ sample: Int, _ y: Int, to target: UnsafeMutablePointer<Float>, columnStride: Int) {
    let (width, channels) = (maps.shape.width, maps.shape.channels)
    let source = maps.sample(sample) + y * width * maps.stride
    if columnStride == channels, maps.stride == channels {
      target.update(from: source, count: width * channels)
    } else {
      for x in 0..<width {
        (target + x * columnStride).update(from: source + x * maps.stride, count: channels)
      }
    }
  }
}

/// The gradient of a linear layer's output.
struct DeltaSource {
  let maps: FeatureMaps
  /// The layer's output, where a fused ReLU lets nothing pass that is not above 0.
  let mask: FeatureMaps?

  /// Copies one row of an image's gradient.
  @inline(__always)
  func copyRow(_ sample: Int, _ y: Int, to target: UnsafeMutablePointer<Float>, columnStride: Int) {
    MapSource(maps: maps).copyRow(sample, y, to: target, columnStride: columnStride)
    guard let mask else { return }
    let (width, channels) = (maps.shape.width, maps.shape.channels)
    maskByOutput(
      target, mask.sample(sample) + y * width * mask.stride, count: width, columns: channels,
      stride: columnStride, outputStride: mask.stride)
  }
}

extension DeltaSource {
  /// Adds an image's gradient, position by position, to a sum for each channel.
  func addRows(_ sample: Int, to sums: UnsafeMutablePointer<Float>) {
    for position in 0..<maps.shape.positions {
      let row = maps.sample(sample) + position * maps.stride
      if let mask {
        let output = mask.sample(sample) + position * mask.stride
        for channel in 0..<maps.shape.channels {
          sums[channel] += output[channel] > 0 ? row[channel] : 0
        }
      } else {
        for channel in 0..<maps.shape.channels { sums[channel] += row[channel] }
      }
    }
  }
}

/// Where the gradient of a linear layer's input goes.
struct GradientSink {
  let maps: FeatureMaps
  /// Whether it is added to what is there.
  let accumulates: Bool

  /// Takes one row of an image's gradient, positions `columnStride` floats apart.
  @inline(__always)
  func takeRow(_ sample: Int, _ y: Int, _ source: UnsafePointer<Float>, columnStride: Int) {
    let (width, channels) = (maps.shape.width, maps.shape.channels)
    let target = maps.sample(sample) + y * width * maps.stride
    for x in 0..<width {
      let (place, values) = (target + x * maps.stride, source + x * columnStride)
      if accumulates {
        for channel in 0..<channels { place[channel] += values[channel] }
      } else {
        place.update(from: values, count: channels)
      }
    }
  }
}

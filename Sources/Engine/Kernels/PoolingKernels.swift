import Model

/// The sizes of a pooling layer.
struct PoolingGeometry {
  let input: FeatureShape
  let output: FeatureShape
  let window: Int
  let stride: Int

  init(_ spec: PoolingSpec, input: FeatureShape, output: FeatureShape) {
    self.input = input
    self.output = output
    window = spec.window
    stride = spec.stride
  }

  /// Whether every pixel lies in exactly one window.
  var isPartition: Bool {
    stride == window && output.height * window == input.height
      && output.width * window == input.width
  }

  /// Calls `body` with every output position and the rows and columns of its window that lie
  /// inside the map.
  @inline(__always)
  func forEachWindow(_ body: (Int, Range<Int>, Range<Int>) -> Void) {
    for y in 0..<output.height {
      let rows = y * stride..<min(y * stride + window, input.height)
      for x in 0..<output.width {
        body(
          y * output.width + x, rows, x * stride..<min(x * stride + window, input.width))
      }
    }
  }
}

/// One image's gradients at the two ends of a pooling layer.
struct PoolingGradients {
  let dy: UnsafePointer<Float>
  let dyStride: Int
  let dx: UnsafeMutablePointer<Float>
  let dxStride: Int

  /// Starts the input's gradient at 0, which is what pixels outside all windows keep.
  func clear(_ geometry: PoolingGeometry) {
    for position in 0..<geometry.input.positions {
      (dx + position * dxStride).update(repeating: 0, count: geometry.input.channels)
    }
  }
}

/// y = the largest number of each window, channel by channel.
func maxPool(
  _ x: UnsafePointer<Float>, _ xStride: Int, _ y: UnsafeMutablePointer<Float>, _ yStride: Int,
  _ geometry: PoolingGeometry
) {
  let channels = geometry.input.channels
  geometry.forEachWindow { position, rows, columns in
    let target = y + position * yStride
    let first = x + (rows.lowerBound * geometry.input.width + columns.lowerBound) * xStride
    target.update(from: first, count: channels)
    for row in rows {
      for column in columns {
        let source = x + (row * geometry.input.width + column) * xStride
        // Not-a-number wins and stays, so that a diverged network is seen to have diverged.
        for channel in 0..<channels {
          target[channel] = target[channel] >= source[channel] ? target[channel] : source[channel]
        }
      }
    }
  }
}

/// Gives each window's gradient to the first number, in row-major order, that equals its maximum.
/// Where every pixel lies in one window each number is written once; otherwise the gradient must have
/// been cleared.
func maxPoolBackward(
  _ x: UnsafePointer<Float>, _ xStride: Int, _ y: UnsafePointer<Float>, _ yStride: Int,
  _ gradients: PoolingGradients, _ geometry: PoolingGeometry
) {
  let (channels, isPartition) = (geometry.input.channels, geometry.isPartition)
  geometry.forEachWindow { position, rows, columns in
    let best = y + position * yStride
    let delta = gradients.dy + position * gradients.dyStride
    for channel in stride(from: 0, to: channels, by: 8) {
      let top = load(best + channel)
      var rest = load(delta + channel)
      for row in rows {
        for column in columns {
          let pixel = row * geometry.input.width + column
          let isTop = load(x + pixel * xStride + channel) .== top
          let target = gradients.dx + pixel * gradients.dxStride + channel
          let share = Vector.zero.replacing(with: rest, where: isTop)
          store(isPartition ? share : load(target) + share, target, column: channel, of: channels)
          rest.replace(with: 0, where: isTop)
        }
      }
    }
  }
}

/// y = the mean over the part of each window that lies inside the map.
func averagePool(
  _ x: UnsafePointer<Float>, _ xStride: Int, _ y: UnsafeMutablePointer<Float>, _ yStride: Int,
  _ geometry: PoolingGeometry
) {
  let channels = geometry.input.channels
  geometry.forEachWindow { position, rows, columns in
    let target = y + position * yStride
    target.update(repeating: 0, count: channels)
    for row in rows {
      for column in columns {
        let source = x + (row * geometry.input.width + column) * xStride
        for channel in 0..<channels { target[channel] += source[channel] }
      }
    }
    let share = 1 / Float(rows.count * columns.count)
    for channel in 0..<channels { target[channel] *= share }
  }
}

/// Spreads each window's gradient evenly.
func averagePoolBackward(_ gradients: PoolingGradients, _ geometry: PoolingGeometry) {
  let channels = geometry.input.channels
  geometry.forEachWindow { position, rows, columns in
    let delta = gradients.dy + position * gradients.dyStride
    let share = 1 / Float(rows.count * columns.count)
    for row in rows {
      for column in columns {
        let target =
          gradients.dx + (row * geometry.input.width + column) * gradients.dxStride
        for channel in 0..<channels { target[channel] += delta[channel] * share }
      }
    }
  }
}

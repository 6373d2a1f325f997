import Model

/// The sizes of a pooling layer.
struct PoolingGeometry {
  let input: FeatureShape
  let output: FeatureShape
  let window: Int
  let stride: Int
  /// Whether max(·, 0) follows.
  let relu: Bool

  init(_ spec: PoolingSpec, input: FeatureShape, output: FeatureShape, relu: Bool) {
    self.input = input
    self.output = output
    window = spec.window
    stride = spec.stride
    self.relu = relu
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

  /// Calls `body` with every number along an extent and the windows of `count` that cover it.
  @inline(__always)
  private func forEachCovered(_ extent: Int, by count: Int, _ body: (Int, Range<Int>) -> Void) {
    // Windows before `ended` end before the number, those before `begun` do not begin behind it.
    var (ended, begun) = (0, 0)
    for place in 0..<extent {
      if begun < count, begun * stride == place { begun += 1 }
      if ended < count, ended * stride + window == place { ended += 1 }
      body(place, ended..<max(begun, ended))
    }
  }

  /// Sets every number of the input's gradient to the sum of its shares of the windows that cover it, in
  /// their order: `share(window, channel)` for eight channels.
  @inline(__always)
  func gather(_ gradients: PoolingGradients, _ share: (Int, Int) -> Vector) {
    let channels = input.channels
    forEachCovered(input.height, by: output.height) { y, rows in
      forEachCovered(input.width, by: output.width) { x, columns in
        let target = gradients.dx + (y * input.width + x) * gradients.dxStride
        for channel in Swift.stride(from: 0, to: channels, by: 8) {
          var sum = Vector.zero
          for row in rows {
            for column in columns {
              sum += share(row * output.width + column, channel)
            }
          }
          store(sum, target + channel, column: channel, of: channels)
        }
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

  /// Starts the input's gradient at 0.
  func clear(_ geometry: PoolingGeometry) {
    if dxStride == geometry.input.channels {
      dx.update(repeating: 0, count: geometry.input.count)
      return
    }
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
  let (channels, width) = (geometry.input.channels, geometry.input.width)
  let floor = Vector(repeating: geometry.relu ? 0 : -.infinity)
  let spillingPositions = yStride == channels ? geometry.output.spillingPositions : 0
  geometry.forEachWindow { position, rows, columns in
    let first = x + (rows.lowerBound * width + columns.lowerBound) * xStride
    let rest = (width - columns.count) * xStride
    for channel in stride(from: 0, to: channels, by: 8) {
      var source = first + channel
      var top = load(source)
      for _ in 0..<rows.count {
        for _ in 0..<columns.count {
          let value = load(source)
          // Not-a-number wins and stays, so that a diverged network is seen to have diverged.
          top = value.replacing(with: top, where: top .>= value)
          source += xStride
        }
        source += rest
      }
      top = top.replacing(with: floor, where: top .< floor)
      store(
        top, y + position * yStride + channel, column: channel, of: channels,
        spills: position < spillingPositions)
    }
  }
}

/// Gives each window's gradient to the first number, in row-major order, that equals its maximum, and
/// nothing where a ReLU let nothing through. Where every pixel lies in one window each number is
/// written once.
func maxPoolBackward(
  _ x: UnsafePointer<Float>, _ xStride: Int, _ y: UnsafePointer<Float>, _ yStride: Int,
  _ gradients: PoolingGradients, _ geometry: PoolingGeometry
) {
  let channels = geometry.input.channels
  let isPartition = geometry.isPartition
  if !isPartition { gradients.clear(geometry) }
  geometry.forEachWindow { position, rows, columns in
    let pixel = rows.lowerBound * geometry.input.width + columns.lowerBound
    for channel in stride(from: 0, to: channels, by: 8) {
      let top = load(y + position * yStride + channel)
      var delta = load(gradients.dy + position * gradients.dyStride + channel)
      if geometry.relu { delta = delta.replacing(with: 0, where: .!(top .> 0)) }
      let window = PoolingWindow(
        rows: rows.count, columns: columns.count, width: geometry.input.width,
        x: x + pixel * xStride + channel, xStride: xStride,
        dx: gradients.dx + pixel * gradients.dxStride + channel, dxStride: gradients.dxStride)
      if channel + 8 > channels {
        window.share(delta, among: top) { share, place in
          store(isPartition ? share : load(place) + share, place, first: channels - channel)
        }
      } else if isPartition {
        window.share(delta, among: top) { store($0, $1) }
      } else {
        window.share(delta, among: top) { store(load($1) + $0, $1) }
      }
    }
  }
}

/// Eight channels of a window of the input and of its gradient.
private struct PoolingWindow {
  let rows: Int
  let columns: Int
  /// Of the map.
  let width: Int
  let x: UnsafePointer<Float>
  let xStride: Int
  let dx: UnsafeMutablePointer<Float>
  let dxStride: Int

  /// Hands out what each number has of a gradient: all of it for the first that equals `top`.
  @inline(__always)
  func share(
    _ delta: Vector, among top: Vector, _ take: (Vector, UnsafeMutablePointer<Float>) -> Void
  ) {
    var rest = delta
    var (source, target) = (x, dx)
    for _ in 0..<rows {
      for _ in 0..<columns {
        let isTop = load(source) .== top
        take(Vector.zero.replacing(with: rest, where: isTop), target)
        rest.replace(with: 0, where: isTop)
        source += xStride
        target += dxStride
      }
      source += (width - columns) * xStride
      target += (width - columns) * dxStride
    }
  }
}

/// y = the mean over the part of each window that lies inside the map.
/// - Parameter shares: of one number of each window.
func averagePool(
  _ x: UnsafePointer<Float>, _ xStride: Int, _ y: UnsafeMutablePointer<Float>, _ yStride: Int,
  _ geometry: PoolingGeometry, shares: UnsafePointer<Float>
) {
  let (channels, width) = (geometry.input.channels, geometry.input.width)
  geometry.forEachWindow { position, rows, columns in
    for channel in stride(from: 0, to: channels, by: 8) {
      var sum = Vector.zero
      for row in rows {
        for column in columns { sum += load(x + (row * width + column) * xStride + channel) }
      }
      store(
        sum * shares[position], y + position * yStride + channel, column: channel, of: channels)
    }
  }
}

/// Spreads each window's gradient evenly.
func averagePoolBackward(
  _ gradients: PoolingGradients, _ geometry: PoolingGeometry, shares: UnsafePointer<Float>
) {
  geometry.gather(gradients) { window, channel in
    load(gradients.dy + window * gradients.dyStride + channel) * shares[window]
  }
}

extension PoolingGeometry {
  /// One over the numbers of each window that lie inside the map.
  func shares(_ arena: Arena) -> UnsafePointer<Float> {
    let shares = arena.zeros(output.positions)
    forEachWindow { position, rows, columns in
      shares[position] = 1 / Float(rows.count * columns.count)
    }
    return UnsafePointer(shares)
  }
}

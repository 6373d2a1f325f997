import Model

/// The places around each number of a map over which squares are summed, in a buffer that holds one
/// image's terms.
struct Neighbourhood {
  let shape: FeatureShape
  let scope: LocalResponseNormalizationSpec.Scope
  /// Places on each side of the middle.
  let reach: Int

  init(_ spec: LocalResponseNormalizationSpec, _ shape: FeatureShape) {
    self.shape = shape
    scope = spec.scope
    reach = spec.size / 2
  }

  /// Terms that a sum has, those outside the map included.
  var size: Int {
    let extent = 2 * reach + 1
    return scope == .acrossChannels ? extent : extent * extent
  }

  /// Zeros on each side of a row's channels.
  private var margin: Int { scope == .acrossChannels ? reach : 0 }
  /// Floats of a row of the buffer.
  var rowLength: Int { ((shape.channels + 7) & ~7) + 2 * margin }
  /// Floats of the buffer, with room for vectors that run over its end.
  var count: Int { shape.positions * rowLength + 16 }

  /// Fills the buffer with `term(position, first channel)`, eight channels at a time.
  @inline(__always)
  func fill(_ buffer: UnsafeMutablePointer<Float>, _ term: (Int, Int) -> Vector) {
    buffer.update(repeating: 0, count: count)
    for position in 0..<shape.positions {
      let row = buffer + position * rowLength + margin
      for channel in stride(from: 0, to: shape.channels, by: 8) {
        store(term(position, channel), row + channel, column: channel, of: shape.channels)
      }
    }
  }

  /// The sums around eight channels of a position, in a fixed order.
  @inline(__always)
  func sum(_ buffer: UnsafePointer<Float>, _ position: Int, _ channel: Int) -> Vector {
    var sum = Vector.zero
    switch scope {
    case .acrossChannels:
      let row = buffer + position * rowLength + channel
      for offset in 0...2 * reach { sum += load(row + offset) }
    case .withinChannel:
      let (y, x) = (position / shape.width, position % shape.width)
      for row in max(0, y - reach)...min(shape.height - 1, y + reach) {
        for column in max(0, x - reach)...min(shape.width - 1, x + reach) {
          sum += load(buffer + (row * shape.width + column) * rowLength + channel)
        }
      }
    }
    return sum
  }
}

/// The constants of a local response normalization.
struct ResponseRule {
  let neighbourhood: Neighbourhood
  /// α divided by the number of terms.
  let share: Float
  let beta: Float
  let k: Float

  init(_ spec: LocalResponseNormalizationSpec, _ neighbourhood: Neighbourhood) {
    self.neighbourhood = neighbourhood
    share = Float(spec.alpha / Double(neighbourhood.size))
    beta = Float(spec.beta)
    k = Float(spec.k)
  }

  /// divisor^−β.
  @inline(__always)
  func power(_ divisor: Vector) -> Vector { VectorMath.exp(-beta * VectorMath.log(divisor)) }
}

/// s = k + share·Σx² and y = x·s^−β for one image.
func normalizeResponses(
  _ x: ChannelRows, _ y: ChannelRows, divisors: ChannelRows, _ rule: ResponseRule,
  buffer: UnsafeMutablePointer<Float>
) {
  let neighbourhood = rule.neighbourhood
  let shape = neighbourhood.shape
  neighbourhood.fill(buffer) { position, channel in
    let value = x.vector(position, channel)
    return value * value
  }
  for position in 0..<shape.positions {
    for channel in stride(from: 0, to: shape.channels, by: 8) {
      var divisor = Vector(repeating: rule.k)
      divisor.accumulate(
        Vector(repeating: rule.share), neighbourhood.sum(buffer, position, channel))
      let value = x.vector(position, channel) * rule.power(divisor)
      store(
        divisor, divisors.base + position * divisors.stride + channel, column: channel,
        of: shape.channels)
      store(value, y.base + position * y.stride + channel, column: channel, of: shape.channels)
    }
  }
}

/// One image's arrays of the backward pass.
struct ResponseGradients {
  let x: ChannelRows
  let dy: ChannelRows
  let dx: ChannelRows
  let accumulates: Bool
}

/// dx = dy·s^−β − 2·share·β·x·Σ(dy·x·s^(−β−1)), the sum over the same neighbourhood.
func normalizeResponsesBackward(
  _ gradients: ResponseGradients, divisors: ChannelRows, _ rule: ResponseRule,
  buffer: UnsafeMutablePointer<Float>
) {
  let neighbourhood = rule.neighbourhood
  let shape = neighbourhood.shape
  let (x, dy, dx) = (gradients.x, gradients.dy, gradients.dx)
  neighbourhood.fill(buffer) { position, channel in
    let divisor = divisors.vector(position, channel)
    return dy.vector(position, channel) * x.vector(position, channel) * rule.power(divisor)
      / divisor
  }
  let factor = -2 * rule.share * rule.beta
  for position in 0..<shape.positions {
    for channel in stride(from: 0, to: shape.channels, by: 8) {
      let target = dx.base + position * dx.stride + channel
      var value = gradients.accumulates ? load(target) : .zero
      value += dy.vector(position, channel) * rule.power(divisors.vector(position, channel))
      value.accumulate(
        factor * x.vector(position, channel), neighbourhood.sum(buffer, position, channel))
      store(value, target, column: channel, of: shape.channels)
    }
  }
}

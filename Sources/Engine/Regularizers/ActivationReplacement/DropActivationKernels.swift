import Model

/// Drop-Activation of a ReLU in training, one sample: y = x where x ≥ 0 or the activation is dropped,
/// else 0. That 0 is written as −0, and no other output is −0, so that the
/// backward pass needs nothing but the output. x and y may be the same.
func dropReluForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ shape: FeatureShape, sample: Int,
  _ bits: KeptBits
) {
  bits.forEachVector(of: shape, sample: sample) { place, dropped, column, columns in
    // Adding 0 turns an input of −0 into +0 and changes nothing else.
    let value = load(x + place) + 0
    let closed = (value .< 0) .& .!dropped
    store(value.replacing(with: -0.0, where: closed), y + place, column: column, of: columns)
  }
}

/// dx = dy, except where the output is −0.
func dropReluBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  for i in 0..<count { dx[i] = y[i].bitPattern == 0x8000_0000 ? 0 : dy[i] }
}

/// y = x where x ≥ 0, else slope·x; negative inputs, and no others, give a set sign bit even where
/// the product is 0. For slopes from 0 on.
func slopedForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, slope: Float
) {
  for i in 0..<count {
    let value = x[i] + 0
    y[i] = value < 0 ? slope * value : value
  }
}

/// dx = dy, times the slope where the output's sign bit is set.
func slopedBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int, slope: Float
) {
  for i in 0..<count { dx[i] = Int32(bitPattern: y[i].bitPattern) < 0 ? slope * dy[i] : dy[i] }
}

/// Randomized slopes in training, one sample: y = x where x ≥ 0, else slope·x with the slope
/// lower + (upper − lower)·u; signs as in `slopedForward`.
func randomSlopeForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, units: Int, sample: Int,
  _ lanes: PhiloxLanes, _ slopes: SlopeRange
) {
  lanes.forEachVector(ofSample: sample, units: units) { unit, bits in
    let value = load(x + unit) + 0
    let result = value.replacing(with: value * slopes.slope(bits), where: value .< 0)
    store(result, y + unit, column: unit, of: units)
  }
}

/// dx = dy, times the drawn slope where the output's sign bit is set.
func randomSlopeBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  units: Int, sample: Int, _ lanes: PhiloxLanes, _ slopes: SlopeRange
) {
  lanes.forEachVector(ofSample: sample, units: units) { unit, bits in
    let gradient = load(dy + unit)
    let isNegative = unsafeBitCast(load(y + unit), to: SIMD8<Int32>.self) .< 0
    let result = gradient.replacing(with: gradient * slopes.slope(bits), where: isNegative)
    store(result, dx + unit, column: unit, of: units)
  }
}

/// The range of random slopes.
struct SlopeRange {
  let lower: Float
  let width: Float

  /// The slopes of eight units.
  @inline(__always)
  func slope(_ bits: SIMD8<UInt32>) -> Vector {
    Vector(repeating: lower) + PhiloxLanes.uniform(bits) * width
  }
}

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

/// Randomized slopes in training, one sample: y = x where x ≥ 0, else slope·x with the drawn slope;
/// signs as in `slopedForward`.
func randomSlopeForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ shape: FeatureShape, sample: Int,
  _ slopes: RandomSlopes
) {
  let row = slopes.row(sample)
  shape.forEachUnitVector { place, unit, column, columns in
    let value = load(x + place) + 0
    let slope = RandomSlopes.slope(row, unit, in: slopes.range)
    store(
      value.replacing(with: value * slope, where: value .< 0), y + place, column: column,
      of: columns)
  }
}

/// dx = dy, times the drawn slope where the output's sign bit is set.
func randomSlopeBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ shape: FeatureShape, sample: Int, _ slopes: RandomSlopes
) {
  let row = slopes.row(sample)
  shape.forEachUnitVector { place, unit, column, columns in
    let gradient = load(dy + place)
    let isNegative = hasSignBit(load(y + place))
    let slope = RandomSlopes.slope(row, unit, in: slopes.range)
    store(
      gradient.replacing(with: gradient * slope, where: isNegative), dx + place, column: column,
      of: columns)
  }
}

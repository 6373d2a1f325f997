// Input and output of these may be the same memory, which keeps compilers from making vectors of
// plain loops.

/// Calls `body` with eight numbers and their place, and stores what it gives.
@inline(__always)
private func map(
  _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, _ count: Int,
  _ body: (Vector, Int) -> Vector
) {
  for i in stride(from: 0, to: count, by: 8) {
    store(body(load(x + i), i), y + i, column: i, of: count)
  }
}

/// y = max(x, 0); not-a-number stays.
func reluForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  map(x, to: y, count) { x, _ in x.replacing(with: 0, where: x .< 0) }
}

/// dx = dy where the output is above 0, else 0; so the gradient at exactly 0 is 0.
func reluBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  map(dy, to: dx, count) { dy, i in Vector.zero.replacing(with: dy, where: load(y + i) .> 0) }
}

/// y = 1 / (1 + e⁻ˣ).
func sigmoidForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  VectorMath.map(x, to: y, count: count) { VectorMath.sigmoid($0) }
}

/// dx = dy · y · (1 − y).
func sigmoidBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  map(dy, to: dx, count) { dy, i in
    let y = load(y + i)
    return dy * (y * (1 - y))
  }
}

/// y = tanh x.
func tanhForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  VectorMath.map(x, to: y, count: count) { VectorMath.tanh($0) }
}

/// dx = dy · (1 − y²).
func tanhBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  map(dy, to: dx, count) { dy, i in
    let y = load(y + i)
    return dy * ((1 - y) * (1 + y))
  }
}

/// y = x above 0, slope·x elsewhere.
func leakyReluForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, slope: Float
) {
  map(x, to: y, count) { x, _ in (slope * x).replacing(with: x, where: x .> 0) }
}

/// dx = dy where the input is above 0, slope·dy elsewhere. The output's sign would not do: a slope
/// may be 0 or negative.
func leakyReluBackward(
  _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int, slope: Float
) {
  map(dy, to: dx, count) { dy, i in (slope * dy).replacing(with: dy, where: load(x + i) .> 0) }
}

/// dx = dy, except where the output is −0.
func dropReluBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  map(dy, to: dx, count) { dy, i in
    let bits = unsafeBitCast(load(y + i), to: SIMD8<UInt32>.self)
    return dy.replacing(with: 0, where: bits .== SIMD8(repeating: 0x8000_0000))
  }
}

/// y = x where x ≥ 0, else slope·x; negative inputs, and no others, give a set sign bit even where
/// the product is 0. For slopes from 0 on.
func slopedForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, slope: Float
) {
  map(x, to: y, count) { x, _ in
    // Adding 0 turns −0 into +0 and changes nothing else.
    let value = x + 0
    return value.replacing(with: slope * value, where: value .< 0)
  }
}

/// dx = dy, times the slope where the output's sign bit is set.
func slopedBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int, slope: Float
) {
  map(dy, to: dx, count) { dy, i in
    dy.replacing(with: slope * dy, where: hasSignBit(load(y + i)))
  }
}

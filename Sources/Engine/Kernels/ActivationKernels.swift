/// y = max(x, 0); not-a-number stays.
func reluForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  for i in 0..<count { y[i] = x[i] < 0 ? 0 : x[i] }
}

/// dx = dy where the output is above 0, else 0; so the gradient at exactly 0 is 0.
func reluBackward(
  _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  for i in 0..<count { dx[i] = y[i] > 0 ? dy[i] : 0 }
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
  for i in 0..<count { dx[i] = dy[i] * (y[i] * (1 - y[i])) }
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
  for i in 0..<count { dx[i] = dy[i] * ((1 - y[i]) * (1 + y[i])) }
}

/// y = x above 0, slope·x elsewhere.
func leakyReluForward(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, slope: Float
) {
  for i in 0..<count { y[i] = x[i] > 0 ? x[i] : slope * x[i] }
}

/// dx = dy where the input is above 0, slope·dy elsewhere. The output's sign would not do: a slope
/// may be 0 or negative.
func leakyReluBackward(
  _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ count: Int, slope: Float
) {
  for i in 0..<count { dx[i] = x[i] > 0 ? dy[i] : slope * dy[i] }
}

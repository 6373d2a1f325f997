/// Elementwise pieces of the regularizer of marginalized noise. All arrays have `count` numbers.

/// y = x².
func square(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int) {
  for i in 0..<count { y[i] = x[i] * x[i] }
}

/// y = x·(1 − x).
func spread(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int) {
  for i in 0..<count { y[i] = x[i] * (1 - x[i]) }
}

/// y −= x².
func subtractSquare(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int) {
  for i in 0..<count { y[i] -= x[i] * x[i] }
}

/// y = a·b.
func multiply(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  for i in 0..<count { y[i] = a[i] * b[i] }
}

/// y += factor·a·b.
func addProduct(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, times factor: Float,
  to y: UnsafeMutablePointer<Float>, _ count: Int
) {
  for i in 0..<count { y[i] += factor * a[i] * b[i] }
}

/// Σ a·b, in eight sums.
func innerProduct(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
) -> Float {
  var sum = Vector.zero
  for start in stride(from: 0, to: count, by: 8) {
    let width = min(8, count - start)
    sum.accumulate(load(a + start, first: width), load(b + start, first: width))
  }
  let four = sum.lowHalf + sum.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

/// o = softmax(a) of one sample; not-a-number stays.
func softmax(_ a: UnsafePointer<Float>, _ o: UnsafeMutablePointer<Float>, _ count: Int) {
  var largest = a[0]
  for i in 0..<count where a[i] > largest { largest = a[i] }
  var sum: Float = 0
  for start in stride(from: 0, to: count, by: 8) {
    let width = min(8, count - start)
    let terms = VectorMath.exp(load(a + start, first: width) - largest)
    store(terms, o + start, column: start, of: count)
    for lane in 0..<width { sum += terms[lane] }
  }
  for i in 0..<count { o[i] /= sum }
}

/// Sums the losses of one sample's outputs, eight at a time, and writes their gradients.
/// - Parameters:
///   - weight: the factor on every gradient.
///   - term: loss and derivative of eight outputs z with targets t.
/// - Returns: the sum of the outputs' losses, in fixed order.
@inline(__always)
func sumOutputLosses(
  _ outputs: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, count: Int,
  gradient: UnsafeMutablePointer<Float>?, weight: Float,
  _ term: (Vector, Vector) -> (loss: Vector, derivative: Vector)
) -> Double {
  var sum = 0.0
  for start in stride(from: 0, to: count, by: 8) {
    let width = min(8, count - start)
    let (loss, derivative) = term(
      load(outputs + start, first: width), load(targets + start, first: width))
    for lane in 0..<width { sum += Double(loss[lane]) }
    if let gradient {
      store(derivative * weight, gradient + start, column: start, of: count)
    }
  }
  return sum
}

/// The first `count` (1 … 8) numbers and zeros behind them.
@inline(__always)
func load(_ address: UnsafePointer<Float>, first count: Int) -> Vector {
  guard count < 8 else { return load(address) }
  var vector = Vector.zero
  for lane in 0..<count { vector[lane] = address[lane] }
  return vector
}

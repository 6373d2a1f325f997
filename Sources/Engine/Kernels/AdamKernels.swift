/// The constants of one update by Adam.
struct AdamStep {
  /// β₁ and 1 − β₁.
  var keep1: Float = 0
  var take1: Float = 0
  /// β₂ and 1 − β₂.
  var keep2: Float = 0
  var take2: Float = 0
  var decay: Float = 0
  /// lr/(1 − β₁ᵗ).
  var rate: Float = 0
  /// 1/√(1 − β₂ᵗ).
  var rootFactor: Float = 1
  var epsilon: Float = 0
}

/// g ← ∇ + wd·w; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − rate·m/(√v·rootFactor + ε).
///
/// Every number's update is its own, so the last vectors of an array may be filled up with zeros.
func adamUpdate(
  _ count: Int, _ w: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
  _ m: UnsafeMutablePointer<Float>, _ v: UnsafeMutablePointer<Float>, _ step: AdamStep
) {
  for i in stride(from: 0, to: count, by: 8) {
    let width = min(8, count - i)
    let weight = load(w + i, first: width)
    let g = load(gradient + i, first: width) + step.decay * weight
    let first = step.keep1 * load(m + i, first: width) + step.take1 * g
    let second = step.keep2 * load(v + i, first: width) + step.take2 * (g * g)
    let change =
      step.rate * first / (VectorMath.squareRoot(second) * step.rootFactor + step.epsilon)
    store(first, m + i, column: i, of: count)
    store(second, v + i, column: i, of: count)
    store(weight - change, w + i, column: i, of: count)
  }
}

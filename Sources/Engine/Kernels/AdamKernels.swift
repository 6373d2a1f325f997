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
func adamUpdate(
  _ count: Int, _ w: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
  _ m: UnsafeMutablePointer<Float>, _ v: UnsafeMutablePointer<Float>, _ step: AdamStep
) {
  for i in 0..<count {
    let g = gradient[i] + step.decay * w[i]
    let first = step.keep1 * m[i] + step.take1 * g
    let second = step.keep2 * v[i] + step.take2 * (g * g)
    m[i] = first
    v[i] = second
    w[i] -= step.rate * first / (second.squareRoot() * step.rootFactor + step.epsilon)
  }
}

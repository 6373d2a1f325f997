#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One parameter under Adam in Double, as the paper's algorithm 1 states it.
package struct AdamReference {
  /// β₁.
  package var beta1: Double
  /// β₂.
  package var beta2: Double
  /// ε.
  package var epsilon: Double
  /// wd.
  package var weightDecay: Double
  private var m = 0.0
  private var v = 0.0
  private var t = 0.0

  /// An optimizer at rest.
  package init(beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The weight after one update.
  package mutating func step(_ w: Double, gradient: Double, rate: Double) -> Double {
    let g = gradient + weightDecay * w
    t += 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    let corrected = m / (1 - pow(beta1, t))
    return w - rate * corrected / ((v / (1 - pow(beta2, t))).squareRoot() + epsilon)
  }
}

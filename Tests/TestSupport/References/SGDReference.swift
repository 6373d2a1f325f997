/// One parameter under SGD in Double, in the published orders.
package struct SGDReference {
  /// What an update does with the velocity.
  package enum Rule: Sendable {
    /// v ← μv + lr·g; w ← w − v.
    case rateInVelocity
    /// v ← μv + g; w ← w − lr·v.
    case rateInStep
    /// v ← μv + g; w ← w − lr·(g + μv).
    case nesterov
    /// v ← μv − lr·wd·w − lr·∇; w ← w + v.
    case negative
  }

  /// What an update does with the velocity.
  package var rule: Rule
  /// μ.
  package var momentum: Double
  /// wd.
  package var weightDecay: Double
  /// v.
  package var velocity: Double = 0

  /// An optimizer at rest.
  package init(_ rule: Rule, momentum: Double, weightDecay: Double) {
    self.rule = rule
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// The weight after one update.
  package mutating func step(_ w: Double, gradient: Double, rate: Double) -> Double {
    let g = gradient + weightDecay * w
    switch rule {
    case .rateInVelocity:
      velocity = momentum * velocity + rate * g
      return w - velocity
    case .rateInStep:
      velocity = momentum * velocity + g
      return w - rate * velocity
    case .nesterov:
      velocity = momentum * velocity + g
      return w - rate * (g + momentum * velocity)
    case .negative:
      velocity = momentum * velocity - rate * weightDecay * w - rate * gradient
      return w + velocity
    }
  }
}

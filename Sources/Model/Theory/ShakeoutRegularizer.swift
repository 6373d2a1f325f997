import Glibc

/// What Shakeout's masks add to the expected loss of a generalized linear model (Kang, Li, Tao,
/// section 3): π(w) = E_r A(θ_r) − A(θ). Each input j is reversed with probability τ, which takes
/// q_j = x_j·(w_j + c·sgn w_j) away from θ, and else enhanced, which adds τ/(1 − τ)·q_j. With c = 0 it
/// is Dropout's.
package struct ShakeoutRegularizer: Hashable, Sendable {
  /// The model, which gives A.
  package var model: GeneralizedLinearModel
  /// The inputs x_j.
  package var inputs: [Double]
  /// τ in [0, 1).
  package var drop: Double
  /// c ≥ 0.
  package var c: Double

  /// A regularizer for one sample.
  package init(model: GeneralizedLinearModel, inputs: [Double], drop: Double, c: Double) {
    self.model = model
    self.inputs = inputs
    self.drop = drop
    self.c = c
  }

  /// θ and the q_j of as many weights as inputs.
  private func terms(_ weights: [Double]) -> (theta: Double, q: [Double]) {
    precondition(weights.count == inputs.count, "as many weights as inputs")
    let theta = zip(inputs, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let q = zip(inputs, weights).map { x, w in x * (w + c * Self.sign(w)) }
    return (theta, q)
  }

  /// −1, 0 or 1.
  static func sign(_ w: Double) -> Double { w > 0 ? 1 : w < 0 ? -1 : 0 }

  /// π by its definition, the mean over all 2^p masks of p inputs: exact.
  package func exact(_ weights: [Double]) -> Double {
    let (theta, q) = terms(weights)
    precondition(q.count <= 20, "2^\(q.count) masks")
    let enhancement = drop / (1 - drop)
    var sum = 0.0
    for mask in 0..<1 << q.count {
      var probability = 1.0
      var shifted = theta
      for (index, q) in q.enumerated() {
        let isReversed = mask >> index & 1 == 1
        probability *= isReversed ? drop : 1 - drop
        shifted += isReversed ? -q : enhancement * q
      }
      sum += probability * (model.potential(shifted) - model.potential(theta))
    }
    return sum
  }

  /// The paper's equation 7, which masks one input at a time: τ·Σ A(θ − q_j) +
  /// (1 − τ)·Σ A(θ + τ·q_j/(1 − τ)) − p·A(θ). It equals π for one input, or where A has a degree of at
  /// most 3, and for logistic regression on more inputs it does not. Equation 9 is this with
  /// A = ln(1 + e^θ).
  package func equation7(_ weights: [Double]) -> Double {
    let (theta, q) = terms(weights)
    let enhancement = drop / (1 - drop)
    return q.reduce(0) { sum, q in
      sum + drop * model.potential(theta - q)
        + (1 - drop) * model.potential(theta + enhancement * q) - model.potential(theta)
    }
  }

  /// What π tends to as the weight of input `index` grows while the others are 0: τ·ln(1 + e^(c|x|))
  /// for logistic regression; nil for linear regression, which has no bound.
  package func bound(input index: Int = 0) -> Double? {
    guard model == .logistic else { return nil }
    return drop * model.potential(c * abs(inputs[index]))
  }

  /// The weight that an input has where it is reversed (−c·sgn w) or enhanced
  /// ((w + cτ·sgn w)/(1 − τ)).
  package func effectiveWeight(_ w: Double, isReversed: Bool) -> Double {
    isReversed
      ? 0 - c * Self.sign(w) : (w + c * drop * Self.sign(w)) / (1 - drop)
  }
}

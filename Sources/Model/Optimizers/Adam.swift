import Canonical

/// Adam (Kingma and Ba 2015, algorithm 1, in PyTorch's form): running means of the gradient and of
/// its square, both corrected for their start at 0, give
/// w ← w − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
package struct Adam: Hashable, Sendable {
  /// β₁: what the mean of the gradients keeps in a step.
  package var beta1: Double
  /// β₂: what the mean of their squares keeps in a step.
  package var beta2: Double
  /// ε: added to the root.
  package var epsilon: Double
  /// wd: the gradient grows by wd·w.
  package var weightDecay: Double

  /// Describes the optimizer.
  package init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// Reads `{"name": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0}`.
  init(reading reader: ObjectReader) {
    beta1 = reader.double("beta1", default: 0.9, in: 0...0.999_999)
    beta2 = reader.double("beta2", default: 0.999, in: 0...0.999_999_9)
    epsilon = reader.double("epsilon", default: 1e-8, in: 1e-30...1)
    weightDecay = reader.double("weightDecay", default: 0, in: 0...1000)
    reader.finish()
  }

  package var json: JSONValue {
    .object([
      "name": .string("adam"), "beta1": .number(beta1), "beta2": .number(beta2),
      "epsilon": .number(epsilon), "weightDecay": .number(weightDecay),
    ])
  }
}

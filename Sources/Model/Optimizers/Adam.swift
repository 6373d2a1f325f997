import Canonical

/// Adam (Kingma and Ba 2015, algorithm 1, in PyTorch's form): running means of the gradient and of
/// its square, both corrected for their start at 0, give
/// w ← w − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
package struct Adam: Configurable, Hashable {
  /// β₁: what the mean of the gradients keeps in a step.
  package var beta1: Double
  /// β₂: what the mean of their squares keeps in a step.
  package var beta2: Double
  /// ε: added to the root.
  package var epsilon: Double
  /// wd: the gradient grows by wd·w.
  package var weightDecay: Double

  package init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  static let name = "adam"
  package static let blank = Adam()
  package static let fields: [Field<Adam>] = [
    .constant("name", name, .required, "the rule"),
    .number("beta1", \.beta1, in: 0...0.999_999, .optional, "Adam's decay of the mean gradient"),
    .number("beta2", \.beta2, in: 0...0.999_999_9, .optional, "Adam's decay of the mean square"),
    .number(
      "epsilon", \.epsilon, in: 1e-30...1, .optional, "Adam's term against division by 0"),
    .number(
      "weightDecay", \.weightDecay, in: 0...1000, .optional, "share of the weights in the gradient"
    ),
  ]
}

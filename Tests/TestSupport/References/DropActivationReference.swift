/// Drop-Activation of one unit in Double, with a given P of 0 (dropped) or 1 (kept).
package struct DropActivationReference: Sendable {
  /// The activation.
  package var activation: ActivationReference
  /// p, the probability that it is kept.
  package var keep: Double

  /// Drop-Activation of an activation.
  package init(_ activation: ActivationReference, keep: Double) {
    self.activation = activation
    self.keep = keep
  }

  /// (1 − P)·x + P·f(x).
  package func value(_ x: Double, mask p: Double) -> Double {
    (1 - p) * x + p * activation.value(x)
  }

  /// Its derivative with respect to x; a ReLU's at exactly 0 is 1.
  package func derivative(_ x: Double, mask p: Double) -> Double {
    (1 - p) + p * (x == 0 ? 1 : activation.derivative(x))
  }

  /// The value in evaluation, (1 − p)·x + p·f(x).
  package func mean(_ x: Double) -> Double { value(x, mask: keep) }

  /// Its derivative.
  package func meanDerivative(_ x: Double) -> Double { derivative(x, mask: keep) }
}

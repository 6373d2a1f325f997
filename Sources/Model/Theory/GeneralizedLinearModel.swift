import Glibc

/// The part A(θ) of a generalized linear model's loss −ln p(y | x) = A(θ) − yθ + … with θ = Σ w_j x_j,
/// which alone decides what noise adds to the expected loss.
package enum GeneralizedLinearModel: String, CaseIterable, Sendable {
  /// Logistic regression, A = ln(1 + e^θ).
  case logistic
  /// Linear regression, A = θ²/2.
  case linear

  /// A(θ).
  package func potential(_ theta: Double) -> Double {
    switch self {
    case .logistic: max(theta, 0) + log1p(exp(-abs(theta)))
    case .linear: theta * theta / 2
    }
  }
}

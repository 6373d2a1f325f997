import Canonical

/// The penalty λ·‖w‖₁ on all weights, no biases: by default with the proximal step, which makes exact
/// zeros (Park, Ho, Chang, eq. 9–10), or with the subgradient. With `gamma` it is Delayed Strong
/// Regularization: λ_t = 0 before epoch γ (eq. 8).
package struct L1: Regularizer, Hashable {
  package static let name = "l1"
  package static let attachment = Attachment.penalty
  package static let summary =
    "λ times the sum of absolute weights, with exact zeros; delayed with `gamma`"
  package static let example: any Regularizer = L1(lambda: 1e-5)

  /// How the penalty moves the weights.
  package enum Method: String, CaseIterable, Sendable {
    /// The data loss's step with its momentum, then soft thresholding by learning rate · λ_t.
    case proximal
    /// The gradient grows by λ_t·sgn w before momentum, sgn 0 = 0.
    case subgradient
  }

  /// λ ≥ 0.
  package var lambda: Double
  /// How the penalty moves the weights.
  package var method: Method
  /// How λ changes.
  package var schedule: PenaltySchedule

  /// A penalty of strength λ.
  package init(
    lambda: Double, method: Method = .proximal, schedule: PenaltySchedule = .constant
  ) {
    self.lambda = lambda
    self.method = method
    self.schedule = schedule
  }

  package static let blank = L1(lambda: 0)
  package static let fields: [Field<L1>] =
    [
      .number("lambda", \.lambda, in: 0...1e6, .required, "the strength"),
      .choice(
        "method", \.method, .optional,
        "whether weights are thresholded after a step or pulled by the subgradient"),
    ] + Field.inline(PenaltySchedule.fields, \.schedule)

  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.penalized(
      by: WeightPenalty(
        method == .proximal ? .absoluteProximal : .absolute, lambda: lambda, schedule: schedule),
      for: Self.name)
  }
}

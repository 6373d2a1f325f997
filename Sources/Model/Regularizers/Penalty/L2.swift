import Canonical

/// The penalty λ·(f/2)·‖w‖² on all weights, no biases. f = 1 is the usual weight decay; the paper on
/// Delayed Strong Regularization has f = 2 (eq. 2), so that its λ is half a weight decay. With
/// `gamma` it is that paper's method: λ_t = 0 before epoch γ (eq. 8).
package struct L2: Regularizer, Hashable {
  package static let name = "l2"
  package static let attachment = Attachment.penalty
  package static let summary =
    "λ·½Σw², or λ·Σw²; delayed with `gamma`"
  package static let example: any Regularizer = L2(lambda: 5e-4)

  /// λ ≥ 0.
  package var lambda: Double
  /// f > 0.
  package var gradientFactor: Double
  /// How λ changes.
  package var schedule: PenaltySchedule

  package init(lambda: Double, gradientFactor: Double = 1, schedule: PenaltySchedule = .constant) {
    self.lambda = lambda
    self.gradientFactor = gradientFactor
    self.schedule = schedule
  }

  package static let blank = L2(lambda: 0)
  package static let fields: [Field<L2>] =
    [
      .number("lambda", \.lambda, in: 0...1e6, .required, "the strength"),
      .number(
        "gradientFactor", \.gradientFactor, in: 1e-6...1e6, .optional,
        "f of λ·(f/2)·‖w‖²: 1 is weight decay"),
    ] + Field.inline(PenaltySchedule.fields, \.schedule)

  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.penalized(
      by: WeightPenalty(
        .squared(gradientFactor: gradientFactor), lambda: lambda, schedule: schedule),
      for: Self.name)
  }
}

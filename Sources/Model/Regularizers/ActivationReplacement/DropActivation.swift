import Canonical

/// Drop-Activation (Liang, Khoo, Yang, eq. 3–5): each activation f is kept with probability p and is
/// otherwise the identity, y = (1 − P)·x + P·f(x) with P ~ Bernoulli(p) for every sample, channel and
/// position anew. Evaluation is the mean (1 − p)·x + p·f(x): behind a ReLU a leaky one of slope 1 − p.
/// p = 1 is f. The letter of the paper is p, the probability of keeping.
package struct DropActivation: ReplacesActivation, Hashable {
  package static let name = "dropActivation"
  package static let attachment = Attachment.activationReplacement
  package static let summary =
    "activations are the identity at random"
  package static let example: any Regularizer = DropActivation()

  /// p, the probability that an activation is kept, in [0, 1].
  package var keep: Double
  /// The replaced activations; by default all of the network.
  package var sites: Sites

  /// Drop-Activation that keeps an activation with probability `keep`.
  package init(keep: Double = 0.95, sites: Sites = Sites()) {
    self.keep = keep
    self.sites = sites
  }

  package static let blank = DropActivation()
  package static let fields: [Field<DropActivation>] = [
    .keep(\.keep, letter: "p", .optional, "the probability that an activation is kept"),
    .texts("at", \.sites.names, .optional, "the replaced activations, by default all"),
  ]

  /// Var(evaluation)/Var(training) behind a ReLU whose input is from N(0, 1) (eq. 15).
  package var varianceShift: Double {
    let p = keep
    return ((0.5 - 1 / (2 * Double.pi)) * p * p - p + 1)
      / (1 - p / 2 - p * p / (2 * Double.pi))
  }

  package func asksForSigns(of function: ActivationSpec.Function) -> Bool { function == .relu }
  package func isReadThrough(of function: ActivationSpec.Function) -> Bool { function == .relu }

  /// Marks each activation.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    let names = try sites.activations(of: network, among: network.activationSites, for: Self.name)
    return try network.replacing(activations: names, by: .dropActivation(self), for: Self.name)
  }
}

import Canonical

/// Shakeout (Kang, Li, Tao, eq. 11–14): each input unit of a linear layer is, for one sample and
/// step, either reversed (weight −c·sgn w) or enhanced (weight (w + cτ·sgn w)/(1 − τ)), with
/// probabilities τ and 1 − τ. Evaluation is the plain product. c = 0 is inverted dropout, τ = 0 is
/// no regularization.
package struct Shakeout: Regularizer, Hashable {
  package static let name = "shakeout"
  package static let attachment = Attachment.linearReplacement
  package static let summary =
    "units are reversed or enhanced by the signs of their weights"
  package static let example: any Regularizer = Shakeout(drop: 0.5, c: 0.1)

  /// τ, the probability of reversal, in [0, 1).
  package var drop: Double
  /// c ≥ 0, the strength of the sign term.
  package var c: Double
  /// k > 0: the derivative of the sign is replaced by k·(1 − tanh²(k·w)).
  package var tanhScale: Double
  /// The replaced layers; by default the last linear one.
  package var sites: Sites

  /// Shakeout with the given τ and c.
  package init(drop: Double, c: Double, tanhScale: Double = 1, sites: Sites = Sites()) {
    self.drop = drop
    self.c = c
    self.tanhScale = tanhScale
    self.sites = sites
  }

  package static let blank = Shakeout(drop: 0, c: 0)
  package static let fields: [Field<Shakeout>] = [
    .drop(\.drop, letter: "tau", "the probability that a unit is reversed"),
    .number("c", \.c, in: 0...1e6, .required, "the strength of the sign term"),
    .number(
      "tanhScale", \.tanhScale, in: 1e-6...1e6, .optional,
      "k of k·(1 − tanh²(k·w)), which stands for the derivative of the sign"),
    .texts("at", \.sites.names, .optional, "the replaced layers, by default the last linear one"),
  ]

  /// Marks each named linear layer.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.replacing(
      products: sites.linearLayers(of: network, for: Self.name), by: .shakeout(self),
      convolution: .shakeout(self), for: Self.name,
      misfit: "neither a convolution nor a fully connected layer")
  }
}

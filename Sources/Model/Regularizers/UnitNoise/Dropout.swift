import Canonical

/// Dropout (Hinton et al. 2012; Srivastava et al. 2014) in its inverted form: each unit is kept
/// with probability 1 − τ and then divided by 1 − τ; evaluation is the identity. The letter of the
/// Shakeout paper is τ, written `tau`. With weight scaling, its first form, nothing is divided, and
/// evaluation multiplies by 1 − τ.
package struct Dropout: Regularizer, Hashable {
  package static let name = "dropout"
  package static let attachment = Attachment.unitNoise
  package static let summary =
    "units of a layer's input are dropped, the others divided by the probability of staying; with "
    + "`scaling` \"evaluation\" they stay as they are, and evaluation multiplies by it"
  package static let example: any Regularizer = Dropout(drop: 0.5)

  /// τ, the probability that a unit is dropped, in [0, 1).
  package var drop: Double
  /// Where the probability of staying comes in.
  package var scaling: Scaling
  /// The masked inputs; by default that of the last linear layer.
  package var sites: Sites

  /// How the expected input of the next layer is kept the same.
  package enum Scaling: String, CaseIterable, Sendable {
    /// Kept units are divided by 1 − τ in training.
    case training
    /// All units are multiplied by 1 − τ in evaluation (weight scaling).
    case evaluation
  }

  package init(drop: Double, scaling: Scaling = .training, sites: Sites = Sites()) {
    self.drop = drop
    self.scaling = scaling
    self.sites = sites
  }

  package static let blank = Dropout(drop: 0)
  package static let fields: [Field<Dropout>] = [
    .drop(\.drop, letter: "tau", "the probability that a unit is dropped"),
    .choice(
      "scaling", \.scaling, .optional,
      "whether kept units are divided in training, or all multiplied in evaluation"
      // Left out, so that runs of before it could be chosen keep their ids.
    ).omitted { $0.scaling == .training },
    .texts(
      "at", \.sites.names, .optional,
      "the layers whose inputs are masked, by default the last linear one"),
  ]

  /// Inserts a noise layer at each site.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.inserting(
      scaling == .training ? .dropout(drop: drop) : .scaledDropout(drop: drop),
      before: sites.linearLayers(of: network, for: Self.name),
      for: Self.name)
  }
}

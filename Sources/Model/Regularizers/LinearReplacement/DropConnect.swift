import Canonical

/// DropConnect (Wan et al. 2013) in an inverted form: each weight of a fully connected layer is kept
/// with probability 1 − τ and then divided by 1 − τ, with a mask of its own for every sample and step;
/// evaluation is the plain product (the mean; the paper samples from a normal approximation). Biases
/// are kept.
package struct DropConnect: Regularizer, Hashable {
  package static let name = "dropConnect"
  package static let attachment = Attachment.linearReplacement
  package static let summary =
    "single weights of a fully connected layer are dropped"
  package static let example: any Regularizer = DropConnect(drop: 0.5)

  /// τ, the probability that a weight is dropped, in [0, 1).
  package var drop: Double
  /// The replaced layers; by default the last linear one.
  package var sites: Sites

  package init(drop: Double, sites: Sites = Sites()) {
    self.drop = drop
    self.sites = sites
  }

  package static let blank = DropConnect(drop: 0)
  package static let fields: [Field<DropConnect>] = [
    .drop(\.drop, "the probability that a weight is dropped"),
    .texts("at", \.sites.names, .optional, "the replaced layers, by default the last linear one"),
  ]

  /// Marks each named fully connected layer.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.replacing(
      products: sites.linearLayers(of: network, for: Self.name), by: .dropConnect(self),
      convolution: nil, for: Self.name,
      misfit: "not a fully connected layer; masks of single weights, one for each sample, are only "
        + "drawn there")
  }
}

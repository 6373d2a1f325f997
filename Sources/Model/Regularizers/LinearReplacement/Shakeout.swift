import Canonical

/// Shakeout (Kang, Li, Tao, eq. 11–14): each input unit of a linear layer is, for one sample and
/// step, either reversed (weight −c·sgn w) or enhanced (weight (w + cτ·sgn w)/(1 − τ)), with
/// probabilities τ and 1 − τ. Evaluation is the plain product. c = 0 is inverted dropout, τ = 0 is
/// no regularization.
package struct Shakeout: Regularizer, Hashable {
  /// `shakeout`.
  package static let name = "shakeout"
  /// Replaces the product of a linear layer.
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

  /// Reads `drop` (or `keep`, or `tau`), `c`, `tanhScale` and `at`.
  package init(reading reader: ObjectReader) {
    self.init(
      drop: DropRate.read(reader, letter: "tau"), c: reader.double("c", in: 0...1e6),
      tanhScale: reader.double("tanhScale", default: 1, in: 1e-6...1e6),
      sites: Sites(reading: reader))
  }

  package var json: JSONValue {
    .object([
      "name": .string(Self.name), "drop": .number(drop), "c": .number(c),
      "tanhScale": .number(tanhScale), "at": sites.json,
    ])
  }

  /// Marks each named linear layer.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.replacing(
      products: sites.linearLayers(of: network, for: Self.name), by: .shakeout(self),
      convolution: .shakeout(self), for: Self.name,
      misfit: "neither a convolution nor a fully connected layer")
  }
}

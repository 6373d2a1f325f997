import Canonical

/// Gaussian dropout (Srivastava et al. 2014, section 10): each unit is multiplied by a number from
/// N(1, σ²); evaluation is the identity. σ² = τ/(1 − τ) gives the variance of dropout at rate τ.
package struct GaussianDropout: Regularizer, Hashable {
  package static let name = "gaussianDropout"
  package static let attachment = Attachment.unitNoise
  package static let summary =
    "units of a layer's input are multiplied by numbers from N(1, σ²)"
  package static let example: any Regularizer = GaussianDropout(variance: 1)

  /// σ², at least 0.
  package var variance: Double
  /// The multiplied inputs; by default that of the last linear layer.
  package var sites: Sites

  package init(variance: Double, sites: Sites = Sites()) {
    self.variance = variance
    self.sites = sites
  }

  /// The variance of dropout at this rate.
  package init(drop: Double, sites: Sites = Sites()) {
    self.init(variance: drop / (1 - drop), sites: sites)
  }

  package static let blank = GaussianDropout(variance: 1)
  package static let fields: [Field<GaussianDropout>] = [
    Field(
      [
        ConfigKey(
          "variance", .required, "σ², the variance of the factors",
          alternatives: ["variance"] + rateKeys, schema: Schema.number(variances))
      ]
        + DropRate.keys(
          "drop", letter: "tau", besides: ["variance"], .required,
          "the rate of the dropout with the same variance"),
      read: readVariance
    ) { [.init("variance", .number($0.variance))] },
    .texts(
      "at", \.sites.names, .optional,
      "the layers whose inputs are multiplied, by default the last linear one"),
  ]

  private static let variances = 0.0...1000
  private static let rateKeys = ["drop", "keep", "tau"]

  @Sendable private static func readVariance(
    _ reader: ObjectReader, _ owner: inout GaussianDropout
  ) -> Bool {
    let rates = rateKeys.filter { reader.has($0) }
    if let rate = rates.first {
      if reader.has("variance") {
        reader.report("\"variance\" and \"\(rate)\" say the same thing; give one", key: rate)
      }
      let drop = min(DropRate.read(reader, letter: "tau"), 0.999_999)
      owner.variance = GaussianDropout(drop: drop).variance
    } else if reader.has("variance") {
      owner.variance = reader.double("variance", in: variances)
    } else {
      reader.reportMissing(oneOf: ["variance"] + rateKeys)
    }
    return true
  }

  /// Inserts a noise layer at each site.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.inserting(
      .gaussian(variance: variance), before: sites.linearLayers(of: network, for: Self.name),
      for: Self.name)
  }
}

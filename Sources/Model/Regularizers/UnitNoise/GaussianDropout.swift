import Canonical

/// Gaussian dropout (Srivastava et al. 2014, section 10): each unit is multiplied by a number from
/// N(1, σ²); evaluation is the identity. σ² = τ/(1 − τ) gives the variance of dropout at rate τ.
package struct GaussianDropout: Regularizer, Hashable {
  /// `gaussianDropout`.
  package static let name = "gaussianDropout"
  /// Unit noise.
  package static let attachment = Attachment.unitNoise
  package static let summary =
    "units of a layer's input are multiplied by numbers from N(1, σ²)"
  package static let example: any Regularizer = GaussianDropout(variance: 1)

  /// σ², at least 0.
  package var variance: Double
  /// The multiplied inputs; by default that of the last linear layer.
  package var sites: Sites

  /// Gaussian dropout with variance σ².
  package init(variance: Double, sites: Sites = Sites()) {
    self.variance = variance
    self.sites = sites
  }

  /// The variance of dropout at this rate.
  package init(drop: Double, sites: Sites = Sites()) {
    self.init(variance: drop / (1 - drop), sites: sites)
  }

  /// Reads `variance`, or `drop` (or `keep`, or `tau`), and `at`.
  package init(reading reader: ObjectReader) {
    let rates = ["drop", "keep", "tau"].filter { reader.has($0) }
    if let rate = rates.first {
      if reader.has("variance") {
        reader.report("\"variance\" and \"\(rate)\" say the same thing; give one", key: rate)
      }
      self.init(
        drop: min(DropRate.read(reader, letter: "tau"), 0.999_999), sites: Sites(reading: reader))
    } else {
      self.init(variance: reader.double("variance", in: 0...1000), sites: Sites(reading: reader))
    }
  }

  package var json: JSONValue {
    .object(["name": .string(Self.name), "variance": .number(variance), "at": sites.json])
  }

  /// Inserts a noise layer at each site.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.inserting(
      .gaussian(variance: variance), before: sites.linearLayers(of: network, for: Self.name),
      for: Self.name)
  }
}

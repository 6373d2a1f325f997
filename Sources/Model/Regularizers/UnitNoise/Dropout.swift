import Canonical

/// Dropout (Hinton et al. 2012; Srivastava et al. 2014) in its inverted form: each unit is kept
/// with probability 1 − τ and then divided by 1 − τ; evaluation is the identity. The letter of the
/// Shakeout paper is τ, written `tau`.
public struct Dropout: Regularizer, Hashable {
  /// `dropout`.
  public static let name = "dropout"
  /// Unit noise.
  public static let attachment = Attachment.unitNoise
  /// For listings.
  public static let summary =
    "units of a layer's input are dropped, the others divided by the probability of staying"
  /// For listings.
  public static let example: any Regularizer = Dropout(drop: 0.5)

  /// τ, the probability that a unit is dropped, in [0, 1).
  public var drop: Double
  /// The masked inputs; by default that of the last linear layer.
  public var sites: Sites

  /// Dropout at rate `drop`.
  public init(drop: Double, sites: Sites = Sites()) {
    self.drop = drop
    self.sites = sites
  }

  /// Reads `drop` (or `keep`, or `tau`) and `at`.
  public init(reading reader: ObjectReader) {
    self.init(drop: DropRate.read(reader, letter: "tau"), sites: Sites(reading: reader))
  }

  /// The canonical form.
  public var json: JSONValue {
    .object(["name": .string(Self.name), "drop": .number(drop), "at": sites.json])
  }

  /// Inserts a noise layer at each site.
  public func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    try network.inserting(
      .dropout(drop: drop), before: sites.linearLayers(of: network, for: Self.name),
      for: Self.name)
  }
}

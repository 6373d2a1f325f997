import Canonical

/// Multiplicative noise on units.
package enum UnitNoise: Hashable, Sendable {
  /// Inverted dropout with this drop probability; its mean is 1, so evaluation is the identity.
  case dropout(drop: Double)
  /// Dropout without division: kept units stay as they are; evaluation multiplies all by the
  /// probability of staying.
  case scaledDropout(drop: Double)
  /// Factors from N(1, σ²) with this variance; evaluation is the identity.
  case gaussian(variance: Double)
  /// All units of a sample (or, shared, of the batch) are 0 with this probability and else stay as
  /// they are; evaluation multiplies them by the mean.
  case branchDrop(drop: Double, sharedByBatch: Bool)

  private static let scaledDropoutKind = "scaledDropout"

  /// The kind's name.
  package var kind: String {
    switch self {
    case .dropout: Dropout.name
    case .scaledDropout: Self.scaledDropoutKind
    case .gaussian: GaussianDropout.name
    case .branchDrop: StochasticDepth.name
    }
  }

  /// The hyper-parameters, written out.
  var members: [JSONValue.Member] {
    switch self {
    case .dropout(let drop), .scaledDropout(let drop): [.init("drop", .number(drop))]
    case .gaussian(let variance): [.init("variance", .number(variance))]
    case .branchDrop(let drop, let shared):
      [.init("drop", .number(drop)), .init("sharedByBatch", .bool(shared))]
    }
  }

  /// Reads the noise layer of this kind; nil where the kind is none.
  init?(kind: String, reading reader: ObjectReader) {
    switch kind {
    case Dropout.name: self = .dropout(drop: DropRate.read(reader))
    case Self.scaledDropoutKind: self = .scaledDropout(drop: DropRate.read(reader))
    case GaussianDropout.name:
      self = .gaussian(variance: reader.double("variance", in: 0...1000))
    case StochasticDepth.name:
      self = .branchDrop(
        drop: DropRate.read(reader), sharedByBatch: reader.bool("sharedByBatch", default: true))
    default: return nil
    }
  }
}

extension NetworkSpec {
  /// The network with a noise layer before each named layer. The noise layer is called after its
  /// site, so that its stream of random numbers is.
  /// - Throws: `RegularizerConflict` where a site has noise already.
  func inserting(
    _ noise: UnitNoise, before names: [String], for regularizer: String
  ) throws(RegularizerConflict) -> NetworkSpec {
    for layer in allLayers where names.contains(where: { "\($0).input" == layer.name }) {
      throw RegularizerConflict(
        regularizer, "\(name) already has \(layer.layer.kind) at \"\(layer.name)\"")
    }
    return replacingLayers { named in
      names.contains(named.name)
        ? [NamedLayer("\(named.name).input", .unitNoise(noise)), named] : [named]
    }
  }

  /// Whether a layer draws random numbers at each training step.
  package var hasNoise: Bool { allLayers.contains(where: \.layer.isRandom) }
}

extension LayerSpec {
  /// Whether the layer itself draws random numbers at each training step.
  var isRandom: Bool {
    switch self {
    case .unitNoise: true
    case .dense(let spec): spec.replacement != nil
    case .convolution(let spec): spec.replacement != nil
    case .activation(let spec): spec.replacement != nil
    default: false
    }
  }
}

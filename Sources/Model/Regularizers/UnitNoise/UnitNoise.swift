import Canonical

/// Multiplicative noise on units.
package enum UnitNoise: LayerKind {
  package static let kinds = [
    Dropout.name, scaledDropoutKind, GaussianDropout.name, StochasticDepth.name,
  ]

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

  package var layer: LayerSpec { .unitNoise(self) }

  /// What may be done in place behind noise depends on the layer before it, so nothing is.
  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: keepsSigns ? .keepingSigns : .changingValues,
      takesRelu: .never, worksOnSlices: false, addsGradient: false, joinsNormalization: false,
      ordering: .sameAsOutput)
  }

  /// Whether no factor is negative: units keep their signs, or become 0 and have no gradient.
  private var keepsSigns: Bool {
    switch self {
    case .dropout, .scaledDropout, .branchDrop: true
    case .gaussian: false
    }
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape { input }

  /// The hyper-parameters, written out.
  package var members: [JSONValue.Member] {
    switch self {
    case .dropout(let drop), .scaledDropout(let drop): [.init("drop", .number(drop))]
    case .gaussian(let variance): [.init("variance", .number(variance))]
    case .branchDrop(let drop, let shared):
      [.init("drop", .number(drop)), .init("sharedByBatch", .bool(shared))]
    }
  }

  /// Reads the noise layer of this kind.
  package init(kind: String, reading reader: ObjectReader) {
    switch kind {
    case Self.scaledDropoutKind: self = .scaledDropout(drop: DropRate.read(reader))
    case GaussianDropout.name:
      self = .gaussian(variance: reader.double("variance", in: 0...1000))
    case StochasticDepth.name:
      self = .branchDrop(
        drop: DropRate.read(reader), sharedByBatch: reader.bool("sharedByBatch", default: true))
    default: self = .dropout(drop: DropRate.read(reader))
    }
  }

  /// Has a visitor do what it does with this noise.
  package func accept<Visitor: UnitNoiseVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .dropout(let drop): visitor.dropout(drop: drop, isInverted: true)
    case .scaledDropout(let drop): visitor.dropout(drop: drop, isInverted: false)
    case .gaussian(let variance): visitor.gaussian(variance: variance)
    case .branchDrop(let drop, let shared): visitor.branchDrop(drop: drop, sharedByBatch: shared)
    }
  }
}

/// What is done with each kind of noise. The compiler names the one that a visitor does not know.
package protocol UnitNoiseVisitor {
  associatedtype Result
  /// - Parameter isInverted: whether kept units are divided by the probability of staying.
  func dropout(drop: Double, isInverted: Bool) -> Result
  func gaussian(variance: Double) -> Result
  func branchDrop(drop: Double, sharedByBatch: Bool) -> Result
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

import Canonical

/// Multiplicative noise on units.
package enum UnitNoise: LayerKind {
  package static let type = LayerType.unitNoise

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

  /// The names in configs and listings.
  private enum Name: String, CaseIterable {
    case dropout, scaledDropout, gaussianDropout, stochasticDepth

    var blank: UnitNoise {
      switch self {
      case .dropout: .dropout(drop: 0)
      case .scaledDropout: .scaledDropout(drop: 0)
      case .gaussianDropout: .gaussian(variance: 0)
      case .stochasticDepth: .branchDrop(drop: 0, sharedByBatch: true)
      }
    }
  }

  private var name: Name {
    switch self {
    case .dropout: .dropout
    case .scaledDropout: .scaledDropout
    case .gaussian: .gaussianDropout
    case .branchDrop: .stochasticDepth
    }
  }

  package var kind: String { name.rawValue }

  package var layer: LayerSpec { .unitNoise(self) }

  /// What may be done in place behind noise depends on the layer before it, so nothing is.
  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: keepsSigns ? .keepingSigns : .changingValues,
      takesRelu: .never, worksOnSlices: false, addsGradient: false, joinsNormalization: false,
      isReadThrough: isReadThrough,
      ordering: .sameAsOutput)
  }

  /// Whether no factor is negative: units keep their signs, or become 0 and have no gradient.
  private var keepsSigns: Bool {
    switch self {
    case .dropout, .scaledDropout, .branchDrop: true
    case .gaussian: false
    }
  }

  /// Whether a product can compute it while it reads its input: units have factors of their own.
  private var isReadThrough: Bool {
    switch self {
    case .dropout, .scaledDropout, .gaussian: true
    case .branchDrop: false
    }
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape { input }

  package static let blank = UnitNoise.dropout(drop: 0)
  package static let blanks = Name.allCases.map(\.blank)
  package static let fields: [Field<UnitNoise>] = [
    .drop(\.rate, "the probability that a unit is dropped").when { !$0.isGaussian },
    .number("variance", \.spread, in: 0...1000, .required, "the variance of the factors")
      .when(\.isGaussian),
    .flag(
      "sharedByBatch", \.isShared, .optional, "whether all samples of a batch share a draw"
    ).when { $0.name == .stochasticDepth },
  ]

  private var isGaussian: Bool { if case .gaussian = self { true } else { false } }

  private var rate: Double {
    get {
      switch self {
      case .dropout(let drop), .scaledDropout(let drop), .branchDrop(let drop, _): drop
      case .gaussian: 0
      }
    }
    set {
      switch self {
      case .dropout: self = .dropout(drop: newValue)
      case .scaledDropout: self = .scaledDropout(drop: newValue)
      case .branchDrop(_, let shared): self = .branchDrop(drop: newValue, sharedByBatch: shared)
      case .gaussian: break
      }
    }
  }

  private var spread: Double {
    get { if case .gaussian(let variance) = self { variance } else { 0 } }
    set { self = .gaussian(variance: newValue) }
  }

  private var isShared: Bool {
    get { if case .branchDrop(_, let shared) = self { shared } else { true } }
    set { self = .branchDrop(drop: rate, sharedByBatch: newValue) }
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

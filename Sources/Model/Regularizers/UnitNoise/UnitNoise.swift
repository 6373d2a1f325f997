/// Multiplicative noise on units: every kind has mean 1, so evaluation is the identity.
public enum UnitNoise: Hashable, Sendable {
  /// Inverted dropout with this drop probability.
  case dropout(drop: Double)

  /// The kind's name.
  public var kind: String {
    switch self {
    case .dropout: Dropout.name
    }
  }
}

extension NetworkSpec {
  /// The network with a noise layer before each named layer. The noise layer is called after its
  /// site, so that its stream of random numbers is.
  func inserting(_ noise: UnitNoise, before names: [String]) -> NetworkSpec {
    replacingLayers { named in
      names.contains(named.name)
        ? [NamedLayer("\(named.name).input", .unitNoise(noise)), named] : [named]
    }
  }
}

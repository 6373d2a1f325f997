import Canonical

/// What kind of learning a study is about: the registry of tasks. What a task reads, checks and shows
/// in tables stands in its own file beside this one; how it is run, in `Runner/Tasks`.
package enum LearningTask: String, CaseIterable, Sendable {
  /// Images to classes.
  case classification
  /// Images to themselves; a support vector machine classifies their codes.
  case autoencoder
  /// Noisy points of a curve to the curve.
  case regression
  /// A generator of images and a discriminator that tells them from real ones.
  case gan
  /// Nothing is learned; formulas are computed.
  case theory

  var type: any TaskKind.Type {
    switch self {
    case .classification: ClassificationSpec.self
    case .autoencoder: AutoencoderSpec.self
    case .regression: RegressionSpec.self
    case .gan: GANSpec.self
    case .theory: FormulaSpec.self
    }
  }

  /// Whether its cells have a key.
  func has(_ key: String) -> Bool { Self.keyNames[self]?.contains(key) ?? false }

  private static let keyNames = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, Set($0.type.keys.map(\.name))) })

  /// Reads what a cell does.
  func read(_ reader: ObjectReader) -> Work {
    switch self {
    case .classification: .classification(ClassificationSpec(reading: reader))
    case .autoencoder: .autoencoder(AutoencoderSpec(reading: reader))
    case .regression: .regression(RegressionSpec(reading: reader))
    case .gan: .gan(GANSpec(reading: reader))
    case .theory: .theory(FormulaSpec(reading: reader))
    }
  }
}

/// What a cell does, with all that its task needs and nothing that it does not.
package enum Work: Sendable {
  case classification(ClassificationSpec)
  case autoencoder(AutoencoderSpec)
  case regression(RegressionSpec)
  case gan(GANSpec)
  case theory(FormulaSpec)

  package var task: LearningTask {
    switch self {
    case .classification: .classification
    case .autoencoder: .autoencoder
    case .regression: .regression
    case .gan: .gan
    case .theory: .theory
    }
  }

  package var spec: any TaskKind {
    switch self {
    case .classification(let spec): spec
    case .autoencoder(let spec): spec
    case .regression(let spec): spec
    case .gan(let spec): spec
    case .theory(let spec): spec
    }
  }
}

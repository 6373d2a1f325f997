import Canonical

/// Local response normalization (Krizhevsky et al. 2012) as Caffe computes it: each value is divided
/// by (k + α·mean of squares)^β, the mean being taken over a neighbourhood in which what lies
/// outside the map counts as zero.
package struct LocalResponseNormalizationSpec: LayerKind {
  package static let kinds = ["localResponseNormalization"]

  /// What a neighbourhood is.
  package enum Scope: String, CaseIterable, Sendable {
    /// The `size` channels around a value's own, at its position.
    case acrossChannels
    /// The `size` × `size` positions around a value's own, in its channel.
    case withinChannel
  }

  /// What a neighbourhood is.
  package var scope: Scope
  /// Extent of the neighbourhood, odd.
  package var size: Int
  /// α.
  package var alpha: Double
  /// β.
  package var beta: Double
  package var k: Double

  /// Describes a local response normalization.
  package init(
    _ scope: Scope = .acrossChannels, size: Int = 5, alpha: Double = 1e-4, beta: Double = 0.75,
    k: Double = 1
  ) {
    self.scope = scope
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.k = k
  }

  package init(kind: String, reading reader: ObjectReader) {
    scope = reader.choice("scope", default: .acrossChannels)
    size = reader.int("size", default: 5, in: 1...LayerLimits.kernels.upperBound)
    alpha = reader.double("alpha", default: 1e-4, in: 0...1e6)
    beta = reader.double("beta", default: 0.75, in: 0...100)
    k = reader.double("k", default: 1, in: 1e-9...1e6)
    if size % 2 == 0 { reader.report("\"size\" must be odd", key: "size") }
  }

  package var kind: String { Self.kinds[0] }
  package var layer: LayerSpec { .localResponseNormalization(self) }

  package var members: [JSONValue.Member] {
    [
      .init("scope", .string(scope.rawValue)), .init("size", .number(size)),
      .init("alpha", .number(alpha)), .init("beta", .number(beta)), .init("k", .number(k)),
    ]
  }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: .never, takesRelu: .never, worksOnSlices: false,
      addsGradient: false, joinsNormalization: false, ordering: .none)
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape { input }
}

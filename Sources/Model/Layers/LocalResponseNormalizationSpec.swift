import Canonical

/// Local response normalization (Krizhevsky et al. 2012) as Caffe computes it: each value is divided
/// by (k + α·mean of squares)^β, the mean being taken over a neighbourhood in which what lies
/// outside the map counts as zero.
package struct LocalResponseNormalizationSpec: LayerKind {
  package static let type = LayerType.localResponseNormalization

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

  package static let blank = LocalResponseNormalizationSpec()
  package static let fields: [Field<LocalResponseNormalizationSpec>] = [
    .choice("scope", \.scope, .optional, "what is summed over"),
    .whole(
      "size", \.size, in: 1...LayerLimits.kernels.upperBound, .optional,
      "channels, or rows and columns, of the sum"),
    .number("alpha", \.alpha, in: 0...1e6, .optional, "the weight of the sum"),
    .number("beta", \.beta, in: 0...100, .optional, "the power"),
    .number("k", \.k, in: 1e-9...1e6, .optional, "what the sum is added to"),
  ]

  package func check(_ reader: ObjectReader) {
    if size % 2 == 0 { reader.report("\"size\" must be odd", key: "size") }
  }

  package var layer: LayerSpec { .localResponseNormalization(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: .never, takesRelu: .never, worksOnSlices: false,
      addsGradient: false, joinsNormalization: false, isReadThrough: false,
      ordering: .none)
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape { input }
}

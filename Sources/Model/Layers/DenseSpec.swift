import Canonical

/// A fully connected layer, U = X·Wᵀ + b.
package struct DenseSpec: LinearKind {
  package static let type = LayerType.dense

  /// Output features.
  package var outputs: Int
  /// Whether an additive term per output is learned.
  package var hasBias: Bool
  /// What takes the place of the plain product in training; nil is the plain product.
  package var replacement: DenseReplacement?
  /// The layer's own initialiser, if the recipe's does not hold for it.
  package var initializer: Initializer?

  package init(
    outputs: Int, hasBias: Bool = true, replacement: DenseReplacement? = nil,
    initializer: Initializer? = nil
  ) {
    self.outputs = outputs
    self.hasBias = hasBias
    self.replacement = replacement
    self.initializer = initializer
  }

  package static let blank = DenseSpec(outputs: 1)
  package static let fields: [Field<DenseSpec>] = [
    .whole("outputs", \.outputs, in: LayerLimits.outputs, .required, "output features"),
    .flag("bias", \.hasBias, .optional, "whether a term for each output is learned"),
    .initializer(\.initializer, "the distribution of the layer's own initial weights"),
  ]

  package var replacedBy: (any Regularizer)? { replacement?.regularizer }
  package var layer: LayerSpec { .dense(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .nothing, overwritesInput: .never,
      takesRelu: replacement == nil ? .ownGradient : .never, worksOnSlices: false,
      addsGradient: false, joinsNormalization: false, isReadThrough: false,
      ordering: .byWeights)
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape {
    FeatureShape(vector: outputs)
  }

  package func weights(input: FeatureShape) -> (shape: [Int], fanIn: Int, fanOut: Int) {
    ([outputs, input.count], input.count, outputs)
  }

  package func weightAxes(
    _ shape: [Int], input: FeatureShape, outputs: FeatureShape?
  ) -> (axes: [ArrayLayout.Axis], memory: [Int]) {
    (
      [.vector(shape[0], order: outputs), input.isVector ? .plain(shape[1]) : .map(input)], [0, 1]
    )
  }

  package func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int {
    input.count * outputs
  }
}

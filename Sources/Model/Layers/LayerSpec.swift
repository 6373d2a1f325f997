/// What a layer is, without weights or memory: the engine compiles it, `networks` prints it, and
/// `check` infers shapes from it.
package indirect enum LayerSpec: Hashable, Sendable {
  /// Cross-correlation with learned filters.
  case convolution(ConvolutionSpec)
  /// Its transpose, which enlarges maps.
  case transposedConvolution(TransposedConvolutionSpec)
  /// A fully connected layer; reads a map as its flattened vector.
  case dense(DenseSpec)
  /// Channels brought to mean 0 and variance 1 over the batch.
  case batchNormalization(BatchNormalizationSpec)
  /// Maximum or average over windows.
  case pooling(PoolingSpec)
  /// The average over all positions of a map.
  case globalAveragePooling
  /// Division by the size of neighbouring responses.
  case localResponseNormalization(LocalResponseNormalizationSpec)
  /// An elementwise non-linearity.
  case activation(ActivationSpec)
  /// Multiplicative noise on units, identity in evaluation.
  case unitNoise(UnitNoise)
  /// A vector read as a map.
  case reshape(ReshapeSpec)
  /// Every n-th row and column, followed by channels of zeros.
  case subsampling(SubsamplingSpec)
  /// The sum of two branches.
  case residual(ResidualSpec)
  /// The input's channels followed by those of a branch.
  case concatenation(ConcatenationSpec)

  /// The shape that comes out when `input` goes in.
  /// - Throws: `ShapeError` naming `name`, or a layer inside, where the input does not fit.
  package func outputShape(of input: FeatureShape, name: String) throws(ShapeError) -> FeatureShape
  {
    try PlacedLayer(NamedLayer(name, self), input: input).output
  }

  /// The learned parameters of the layer itself, in their canonical order; those of layers inside it
  /// are theirs.
  package func parameters(input: FeatureShape, name: String) -> [ParameterSpec] {
    switch self {
    case .convolution(let spec): spec.parameters(input: input, name: name)
    case .transposedConvolution(let spec): spec.parameters(input: input, name: name)
    case .dense(let spec): spec.parameters(input: input, name: name)
    case .batchNormalization(let spec): spec.parameters(input: input, name: name)
    default: []
    }
  }

  /// What the layer itself measures in training and uses in evaluation.
  package func statistics(input: FeatureShape, name: String) -> [StatisticSpec] {
    guard case .batchNormalization(let spec) = self else { return [] }
    return spec.statistics(input: input, name: name)
  }

  /// Multiply-adds of one sample's forward pass through the layer itself, counting convolutions and
  /// fully connected layers only, as the papers do.
  package func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int {
    switch self {
    case .convolution(let spec): spec.multiplyAdds(input: input, output: output)
    case .transposedConvolution(let spec): spec.multiplyAdds(input: input)
    case .dense(let spec): input.count * spec.outputs
    default: 0
    }
  }

  /// Whether the layer multiplies its input by learned weights: unit noise and linear replacements
  /// attach at its input.
  package var isLinear: Bool {
    switch self {
    case .convolution, .transposedConvolution, .dense: true
    default: false
    }
  }

  /// The kind's name in configs and listings.
  package var kind: String {
    switch self {
    case .convolution: "convolution"
    case .transposedConvolution: "transposedConvolution"
    case .dense: "dense"
    case .batchNormalization: "batchNormalization"
    case .pooling(let spec): spec.kind == .max ? "maxPooling" : "averagePooling"
    case .globalAveragePooling: "globalAveragePooling"
    case .localResponseNormalization: "localResponseNormalization"
    case .activation(let spec): spec.function.rawValue
    case .unitNoise(let noise): noise.kind
    case .reshape: "reshape"
    case .subsampling: "subsampling"
    case .residual: "residual"
    case .concatenation: "concatenation"
    }
  }

  /// The layers inside, in the order of execution; none for most kinds.
  package var inner: [NamedLayer] {
    switch self {
    case .residual(let spec): spec.body + spec.shortcut
    case .concatenation(let spec): spec.body
    default: []
    }
  }
}

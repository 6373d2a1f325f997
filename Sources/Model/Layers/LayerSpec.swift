/// What a layer is, without weights or memory: the engine compiles it, `networks` prints it, and
/// `check` infers shapes from it.
public indirect enum LayerSpec: Hashable, Sendable {
  /// Cross-correlation with learned filters.
  case convolution(ConvolutionSpec)
  /// A fully connected layer; reads a map as its flattened vector.
  case dense(DenseSpec)
  /// Maximum or average over windows.
  case pooling(PoolingSpec)
  /// An elementwise non-linearity.
  case activation(ActivationSpec)
  /// Multiplicative noise on units, identity in evaluation.
  case unitNoise(UnitNoise)

  /// The shape that comes out when `input` goes in.
  /// - Throws: `ShapeError` naming `name` where the input does not fit.
  public func outputShape(of input: FeatureShape, name: String) throws(ShapeError) -> FeatureShape {
    switch self {
    case .convolution(let spec): try spec.outputShape(of: input, name: name)
    case .dense(let spec): FeatureShape(vector: spec.outputs)
    case .pooling(let spec): try spec.outputShape(of: input, name: name)
    case .activation, .unitNoise: input
    }
  }

  /// The learned parameters in their canonical order.
  public func parameters(input: FeatureShape, name: String) -> [ParameterSpec] {
    switch self {
    case .convolution(let spec): spec.parameters(input: input, name: name)
    case .dense(let spec): spec.parameters(input: input, name: name)
    case .pooling, .activation, .unitNoise: []
    }
  }

  /// Multiply-adds of one sample's forward pass, counting linear layers only, as the papers do.
  public func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int {
    switch self {
    case .convolution(let spec): spec.multiplyAdds(input: input, output: output)
    case .dense(let spec): input.count * spec.outputs
    case .pooling, .activation, .unitNoise: 0
    }
  }

  /// The kind's name in configs and listings.
  public var kind: String {
    switch self {
    case .convolution: "convolution"
    case .dense: "dense"
    case .pooling(let spec): spec.kind == .max ? "maxPooling" : "averagePooling"
    case .activation(let spec): spec.function.rawValue
    case .unitNoise(let noise): noise.kind
    }
  }
}

/// A layer and its name, which prefixes its parameters (`conv1.weight`) and names its sites
/// (`conv1.input`).
public struct NamedLayer: Hashable, Sendable {
  /// The name, unique in the network.
  public var name: String
  /// The layer.
  public var layer: LayerSpec

  /// Names a layer.
  public init(_ name: String, _ layer: LayerSpec) {
    self.name = name
    self.layer = layer
  }
}

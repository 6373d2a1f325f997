/// A network as a list of named layers on a given input, without weights.
public struct NetworkSpec: Hashable, Sendable {
  /// The name as configs give it, for example `lenet`.
  public var name: String
  /// One sample's shape.
  public var input: FeatureShape
  /// The layers from input to output; the last one's output is the logits.
  public var layers: [NamedLayer]

  /// A network from its layers.
  public init(name: String, input: FeatureShape, layers: [NamedLayer]) {
    self.name = name
    self.input = input
    self.layers = layers
  }

  /// A layer with the shapes at its two ends.
  public struct PlacedLayer: Hashable, Sendable {
    /// The layer's name.
    public var name: String
    /// The layer.
    public var layer: LayerSpec
    /// The shape that goes in.
    public var input: FeatureShape
    /// The shape that comes out.
    public var output: FeatureShape
    /// Learned parameters.
    public var parameters: [ParameterSpec] { layer.parameters(input: input, name: name) }
    /// Multiply-adds of one sample's forward pass.
    public var multiplyAdds: Int { layer.multiplyAdds(input: input, output: output) }
  }

  /// Every layer with its shapes, in order.
  /// - Throws: `ShapeError` for the first layer that does not fit.
  public func placedLayers() throws(ShapeError) -> [PlacedLayer] {
    var shape = input
    var placed: [PlacedLayer] = []
    for named in layers {
      let output = try named.layer.outputShape(of: shape, name: named.name)
      placed.append(
        PlacedLayer(name: named.name, layer: named.layer, input: shape, output: output))
      shape = output
    }
    return placed
  }

  /// How many numbers the network learns.
  public func parameterCount() throws(ShapeError) -> Int {
    try placedLayers().flatMap(\.parameters).reduce(0) { $0 + $1.count }
  }

  /// Multiply-adds of one sample's forward pass.
  public func multiplyAdds() throws(ShapeError) -> Int {
    try placedLayers().reduce(0) { $0 + $1.multiplyAdds }
  }

  /// The sites where unit noise and linear replacements may attach: the input of every linear
  /// layer, as `fc1.input`.
  public var linearSites: [String] {
    layers.compactMap { named in
      switch named.layer {
      case .convolution, .dense: "\(named.name).input"
      case .pooling, .activation, .unitNoise: nil
      }
    }
  }

  /// The site of the last linear layer, where the Shakeout paper's MNIST networks are masked
  ///.
  public var lastLinearSite: String? { linearSites.last }
}

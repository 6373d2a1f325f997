/// A layer with the shapes at its two ends and, for a residual addition or a concatenation, the
/// placed layers of its branches.
package struct PlacedLayer: Hashable, Sendable {
  /// The layer's name.
  package let name: String
  package let layer: LayerSpec
  /// The shape that goes in.
  package let input: FeatureShape
  /// The shape that comes out.
  package let output: FeatureShape
  /// The layers of a residual addition's or a concatenation's body, otherwise none.
  package let body: [PlacedLayer]
  /// The layers of a residual addition's shortcut, otherwise none.
  package let shortcut: [PlacedLayer]

  /// Learned parameters of the layer itself.
  package var parameters: [ParameterSpec] { layer.parameters(input: input, name: name) }
  /// What the layer itself measures in training and uses in evaluation.
  package var statistics: [StatisticSpec] { layer.statistics(input: input, name: name) }
  /// Multiply-adds of one sample's forward pass through the layer itself.
  package var multiplyAdds: Int { layer.multiplyAdds(input: input, output: output) }
  /// The layers inside, then the layer itself: the order in which they compute.
  package var flattened: [PlacedLayer] { (body + shortcut).flatMap(\.flattened) + [self] }

  /// Places a layer and those inside it.
  /// - Throws: `ShapeError` for the first layer that does not fit.
  package init(_ named: NamedLayer, input: FeatureShape) throws(ShapeError) {
    name = named.name
    layer = named.layer
    self.input = input
    var (body, shortcut): ([PlacedLayer], [PlacedLayer]) = ([], [])
    switch named.layer {
    case .residual(let spec):
      body = try Self.chain(spec.body, input: input)
      shortcut = try Self.chain(spec.shortcut, input: input)
      output = try spec.outputShape(
        body: body.last?.output ?? input, shortcut: shortcut.last?.output ?? input, name: name)
    case .concatenation(let spec):
      body = try Self.chain(spec.body, input: input)
      output = try spec.outputShape(of: input, body: body.last?.output ?? input, name: name)
    case .convolution(let spec): output = try spec.outputShape(of: input, name: name)
    case .transposedConvolution(let spec): output = try spec.outputShape(of: input, name: name)
    case .dense(let spec): output = FeatureShape(vector: spec.outputs)
    case .pooling(let spec): output = try spec.outputShape(of: input, name: name)
    case .globalAveragePooling: output = FeatureShape(vector: input.channels)
    case .reshape(let spec): output = try spec.outputShape(of: input, name: name)
    case .subsampling(let spec): output = try spec.outputShape(of: input, name: name)
    case .batchNormalization, .localResponseNormalization, .activation, .unitNoise: output = input
    }
    self.body = body
    self.shortcut = shortcut
    try LayerLimits.check(self)
  }

  /// Places layers one behind the other.
  static func chain(
    _ layers: [NamedLayer], input: FeatureShape
  ) throws(ShapeError) -> [PlacedLayer] {
    var shape = input
    var placed: [PlacedLayer] = []
    for named in layers {
      let layer = try PlacedLayer(named, input: shape)
      placed.append(layer)
      shape = layer.output
    }
    return placed
  }
}

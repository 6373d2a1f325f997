/// A layer with the shapes at its two ends and, for a composite, the placed layers of its branches.
package struct PlacedLayer: Hashable, Sendable {
  package let name: String
  package let layer: LayerSpec
  /// The shape that goes in.
  package let input: FeatureShape
  /// The shape that comes out.
  package let output: FeatureShape
  /// The layers of a composite's branches, in the order of `CompositeKind.branchNames`.
  package let branches: [[PlacedLayer]]

  /// The layers of a residual addition's or a concatenation's body, otherwise none.
  package var body: [PlacedLayer] { branches.first ?? [] }
  /// The layers of a residual addition's shortcut, otherwise none.
  package var shortcut: [PlacedLayer] { branches.count > 1 ? branches[1] : [] }
  /// Learned parameters of the layer itself.
  package var parameters: [ParameterSpec] { layer.spec.parameters(input: input, name: name) }
  /// What the layer itself measures in training and uses in evaluation.
  package var statistics: [StatisticSpec] { layer.spec.statistics(input: input, name: name) }
  /// Multiply-adds of one sample's forward pass through the layer itself.
  package var multiplyAdds: Int { layer.spec.multiplyAdds(input: input, output: output) }
  /// The layers inside, then the layer itself: the order in which they compute.
  package var flattened: [PlacedLayer] { branches.joined().flatMap(\.flattened) + [self] }

  /// Places a layer and those inside it.
  /// - Throws: `ShapeError` for the first layer that does not fit.
  package init(_ named: NamedLayer, input: FeatureShape) throws(ShapeError) {
    name = named.name
    layer = named.layer
    self.input = input
    if let composite = named.layer.spec as? any CompositeKind {
      let branches = try composite.branches.map { (layers) throws(ShapeError) in
        try Self.chain(layers, input: input)
      }
      self.branches = branches
      output = try composite.outputShape(
        of: input, branches: branches.map { $0.last?.output ?? input }, name: name)
    } else {
      branches = []
      output = try named.layer.spec.outputShape(of: input, name: name)
    }
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

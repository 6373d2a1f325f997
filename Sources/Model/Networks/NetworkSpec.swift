/// A network as a list of named layers on a given input, without weights.
package struct NetworkSpec: Hashable, Sendable {
  /// A layer with its shapes.

  /// The name as configs give it, for example `lenet`.
  package var name: String
  /// One sample's shape.
  package var input: FeatureShape
  /// The layers from input to output.
  package var layers: [NamedLayer]
  /// What the last layer's output means.
  package var output: NetworkOutput
  /// The sites where unit noise and linear replacements attach unless a config names others; nil
  /// is the input of the last linear layer.
  package var ownDefaultSites: [String]?
  /// What is added to the loss for the size of the weights.
  package var penalties: [WeightPenalty] = []
  /// What is added to each sample's loss.
  package var lossTerm: LossTerm?

  package init(
    name: String, input: FeatureShape, layers: [NamedLayer], output: NetworkOutput = .classScores,
    defaultSites: [String]? = nil
  ) {
    self.name = name
    self.input = input
    self.layers = layers
    self.output = output
    ownDefaultSites = defaultSites
  }

  /// The layers with their shapes as they are nested: those inside a residual addition or a
  /// concatenation are found in its `body` and `shortcut`.
  /// - Throws: `ShapeError` for the first layer that does not fit or whose name is taken.
  package func placedTree() throws(ShapeError) -> [PlacedLayer] {
    if let name = repeatedName {
      throw ShapeError(layer: name, "another layer has the same name")
    }
    return try PlacedLayer.chain(layers, input: input)
  }

  /// Every layer with its shapes, those inside a residual addition or a concatenation before it.
  /// - Throws: `ShapeError` for the first layer that does not fit or whose name is taken.
  package func placedLayers() throws(ShapeError) -> [PlacedLayer] {
    try placedTree().flatMap(\.flattened)
  }

  /// How many numbers the network learns.
  package func parameterCount() throws(ShapeError) -> Int {
    try placedLayers().flatMap(\.parameters).reduce(0) { $0 + $1.count }
  }

  /// Multiply-adds of one sample's forward pass through convolutions (shortcuts included) and fully
  /// connected layers.
  package func multiplyAdds() throws(ShapeError) -> Int {
    try placedLayers().reduce(0) { $0 + $1.multiplyAdds }
  }

  /// The shape of one sample's output.
  package func outputShape() throws(ShapeError) -> FeatureShape {
    try placedTree().last?.output ?? input
  }

  /// Every layer, those inside a residual addition or a concatenation before it.
  package var allLayers: [NamedLayer] {
    func flat(_ named: NamedLayer) -> [NamedLayer] { named.layer.inner.flatMap(flat) + [named] }
    return layers.flatMap(flat)
  }

  /// The first name that two layers have.
  var repeatedName: String? {
    var seen: Set<String> = []
    return allLayers.first { !seen.insert($0.name).inserted }?.name
  }
}

/// What a network's output means, which decides the losses that fit it.
package enum NetworkOutput: String, CaseIterable, Sendable {
  /// One score per class, for softmax or a hinge.
  case classScores
  /// Log-odds of each output being 1: the loss applies the sigmoid.
  case logOdds
  /// The values themselves.
  case values
}

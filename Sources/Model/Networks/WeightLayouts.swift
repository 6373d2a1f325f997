extension NetworkSpec {
  /// The layouts of all learned arrays and then of all running statistics, in the specification's
  /// order: what a file of weights holds.
  ///
  /// A dense layer that reads a map has its columns in the map's order, which PyTorch flattens by
  /// channel and the engine by position; one whose output is read as a map has its rows so. The same
  /// holds for an autoencoder's output, which is compared with the input map.
  /// - Throws: `ShapeError` where layers do not fit, or where a vector that is read as a map comes
  ///   from a layer whose numbers cannot be put in another order.
  package func weightLayouts() throws(ShapeError) -> [ArrayLayout] {
    let tree = try placedTree()
    var orders = VectorOrders()
    try orders.visit(tree, output: outputMap(tree.last?.output))
    let places = tree.flatMap(\.flattened)
    let learned = places.flatMap { place in
      place.parameters.map {
        place.layer.spec.layout(of: $0, input: place.input, outputs: orders.outputs[place.name])
      }
    }
    let measured = places.flatMap { place in
      place.statistics.map {
        ArrayLayout($0.name, [.vector($0.count, order: orders.outputs[place.name])], memory: [0])
      }
    }
    return learned + measured
  }

  /// The map that the network's output stands for, if it is a vector that reconstructs the input.
  private func outputMap(_ shape: FeatureShape?) -> FeatureShape? {
    guard output != .classScores, let shape, shape.isVector, !input.isVector,
      shape.count == input.count
    else { return nil }
    return input
  }
}

/// Finds the vectors whose numbers stand for a map, from the network's end to its beginning.
private struct VectorOrders {
  /// The map that a layer's output channels stand for, by the layer's name.
  private(set) var outputs: [String: FeatureShape] = [:]

  /// Visits a chain whose output stands for a map, or for nothing but itself.
  /// - Returns: the map that the chain's input stands for.
  @discardableResult
  mutating func visit(
    _ places: [PlacedLayer], output: FeatureShape?
  ) throws(ShapeError) -> FeatureShape? {
    var order = output
    for place in places.reversed() {
      switch place.layer.traits.ordering {
      case .byWeights:
        outputs[place.name] = order
        order = nil
      case .sameAsOutput: outputs[place.name] = order
      case .map(let map): order = map
      case .none:
        let inside = try place.branches.map { (places) throws(ShapeError) in
          try visit(places, output: nil)
        }
        guard order == nil, inside.allSatisfy({ $0 == nil }) else {
          throw ShapeError(
            layer: place.name,
            "PyTorch orders a map's numbers by channel, and a \(place.layer.kind) whose vector is "
              + "read as a map cannot be brought into that order")
        }
      }
    }
    return order
  }
}

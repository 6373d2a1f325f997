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
      place.parameters.map { place.layout(of: $0, outputs: orders.outputs[place.name]) }
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
      switch place.layer {
      case .dense, .convolution, .transposedConvolution:
        outputs[place.name] = order
        order = nil
      case .batchNormalization: outputs[place.name] = order
      case .activation, .unitNoise, .pooling, .globalAveragePooling: break
      case .reshape(let spec):
        if !spec.output.isVector { order = spec.output }
      case .residual, .concatenation, .subsampling, .localResponseNormalization:
        let inside = [
          try visit(place.body, output: nil), try visit(place.shortcut, output: nil),
        ]
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

extension PlacedLayer {
  /// The layout of one of the layer's parameters. `outputs` is the map that its outputs stand for.
  fileprivate func layout(of parameter: ParameterSpec, outputs: FeatureShape?) -> ArrayLayout {
    let shape = parameter.shape
    guard shape.count > 1 else {
      return ArrayLayout(parameter.name, [.vector(shape[0], order: outputs)], memory: [0])
    }
    switch layer {
    case .convolution:
      return ArrayLayout(
        parameter.name,
        [.vector(shape[0], order: outputs), .plain(shape[1]), .plain(shape[2]), .plain(shape[3])],
        memory: [0, 2, 3, 1])
    case .transposedConvolution:
      return ArrayLayout(
        parameter.name,
        [.plain(shape[0]), .vector(shape[1], order: outputs), .plain(shape[2]), .plain(shape[3])],
        memory: [0, 2, 3, 1])
    default:
      return ArrayLayout(
        parameter.name,
        [.vector(shape[0], order: outputs), input.isVector ? .plain(shape[1]) : .map(input)],
        memory: [0, 1])
    }
  }
}

extension ArrayLayout.Axis {
  /// An axis of `count` numbers that stand for a map, or for nothing but themselves.
  fileprivate static func vector(_ count: Int, order: FeatureShape?) -> ArrayLayout.Axis {
    order.map { .map($0) } ?? .plain(count)
  }
}

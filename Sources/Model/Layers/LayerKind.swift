import Canonical

/// One kind of layer, without weights or memory: what a config says of it, the shapes it makes, what
/// it learns, and what the engine may do with the memory at its ends. One file holds one kind;
/// `LayerSpec` lists them all.
package protocol LayerKind: Configurable, Hashable {
  /// The case that holds it.
  static var type: LayerType { get }
  /// The layer in that case.
  var layer: LayerSpec { get }
  /// What configs and listings call it: its case, unless a case holds several kinds.
  var kind: String { get }
  /// A layer of each kind, where reading starts: `blank` alone, unless a case holds several kinds.
  static var blanks: [Self] { get }
  /// What the engine may do with the memory at its ends.
  var traits: LayerTraits { get }
  /// The shape that comes out when `input` goes in.
  /// - Throws: `ShapeError` naming `name` where the input does not fit.
  func outputShape(of input: FeatureShape, name: String) throws(ShapeError) -> FeatureShape

  /// The learned parameters, in their canonical order; none unless a kind says so.
  func parameters(input: FeatureShape, name: String) -> [ParameterSpec]
  /// What is measured in training and used in evaluation; nothing unless a kind says so.
  func statistics(input: FeatureShape, name: String) -> [StatisticSpec]
  /// Multiply-adds of one sample's forward pass. Convolutions and fully connected layers count, as
  /// in the papers, and nothing else.
  func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int
  /// The layout of one of `parameters`: an array of one axis unless a kind says otherwise.
  /// - Parameter outputs: the map that the output channels stand for, if they do.
  func layout(
    of parameter: ParameterSpec, input: FeatureShape, outputs: FeatureShape?
  ) -> ArrayLayout
  /// What a regularizer has put in the place of the layer's function in training; nil, unless a kind
  /// says so, is the function itself.
  var replacedBy: (any Regularizer)? { get }
}

extension LayerKind {
  package var kind: String { Self.type.rawValue }
  package static var blanks: [Self] { [blank] }
  package func parameters(input: FeatureShape, name: String) -> [ParameterSpec] { [] }
  package func statistics(input: FeatureShape, name: String) -> [StatisticSpec] { [] }
  package func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int { 0 }
  package func layout(
    of parameter: ParameterSpec, input: FeatureShape, outputs: FeatureShape?
  ) -> ArrayLayout {
    ArrayLayout(parameter.name, [.vector(parameter.count, order: outputs)], memory: [0])
  }
  package var replacedBy: (any Regularizer)? { nil }
}

/// A kind that multiplies its input by learned weights: unit noise and linear replacements attach at
/// its input.
package protocol LinearKind: LayerKind {
  /// Output channels.
  var outputs: Int { get }
  /// Whether an additive term per output channel is learned.
  var hasBias: Bool { get }
  /// The layer's own initialiser, if the recipe's does not hold for it.
  var initializer: Initializer? { get }
  /// The shape of the weights, PyTorch's, and their fans.
  func weights(input: FeatureShape) -> (shape: [Int], fanIn: Int, fanOut: Int)
  /// The axes of that shape, and their order in memory.
  func weightAxes(
    _ shape: [Int], input: FeatureShape, outputs: FeatureShape?
  ) -> (axes: [ArrayLayout.Axis], memory: [Int])
}

extension LinearKind {
  package func parameters(input: FeatureShape, name: String) -> [ParameterSpec] {
    let (shape, fanIn, fanOut) = weights(input: input)
    func parameter(_ suffix: String, _ role: ParameterSpec.Role, _ shape: [Int]) -> ParameterSpec {
      ParameterSpec(
        name: "\(name).\(suffix)", role: role, shape: shape, fanIn: fanIn, fanOut: fanOut,
        initializer: initializer)
    }
    return [parameter("weight", .weight, shape)]
      + (hasBias ? [parameter("bias", .bias, [outputs])] : [])
  }

  package func layout(
    of parameter: ParameterSpec, input: FeatureShape, outputs: FeatureShape?
  ) -> ArrayLayout {
    switch parameter.role {
    case .weight:
      let (axes, memory) = weightAxes(parameter.shape, input: input, outputs: outputs)
      return ArrayLayout(parameter.name, axes, memory: memory)
    case .bias, .gain, .shift:
      return ArrayLayout(parameter.name, [.vector(parameter.count, order: outputs)], memory: [0])
    }
  }
}

/// A kind made of branches of other layers, all of which read its input.
package protocol CompositeKind: LayerKind {
  /// The branches' keys in configs, in the order of execution.
  static var branchNames: [String] { get }
  /// The branches, in the same order.
  var branches: [[NamedLayer]] { get set }
  /// The shape that comes out.
  /// - Parameter branches: the branches' shapes.
  func outputShape(
    of input: FeatureShape, branches: [FeatureShape], name: String
  ) throws(ShapeError) -> FeatureShape
}

extension CompositeKind {
  package func outputShape(
    of input: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    try PlacedLayer(NamedLayer(name, layer), input: input).output
  }
}

/// What the engine may do with the memory at a layer's ends, and what a layer does to the order of
/// the numbers that go through it.
package struct LayerTraits: Hashable, Sendable {
  /// What a backward pass reads of an output of its forward pass. Layers behind may change the rest.
  package enum OutputUse: Int, Comparable, Sendable {
    case nothing
    /// Which numbers are above 0, or have their sign bit set.
    case signs
    case values

    package static func < (a: OutputUse, b: OutputUse) -> Bool { a.rawValue < b.rawValue }
  }

  /// When a layer may write its output over its input.
  package enum Overwriting: Sendable {
    case never
    /// Where the layer before reads no more than the signs of its output: numbers keep them, or
    /// become 0 and have no gradient.
    case keepingSigns
    /// Where the layer before reads nothing of its output.
    case changingValues
    /// Always: it only names the same numbers anew.
    case sameNumbers
  }

  /// When a ReLU behind a layer becomes part of it.
  package enum ReluFusion: Sendable {
    case never
    case always
    /// Where nobody else reads the gradient of the output, which the ReLU masks in place.
    case ownGradient
  }

  /// What a vector that stands for a map is in front of a layer.
  package enum Ordering: Hashable, Sendable {
    /// Weights stand in between: any order of outputs can be had by ordering weights.
    case byWeights
    /// The same, numbers being treated one by one; what is learned follows their order.
    case sameAsOutput
    /// The map that the output stands for.
    case map(FeatureShape)
    /// No vector that stands for a map.
    case none
  }

  /// What its backward pass reads of its output, apart from a ReLU that became part of it.
  package var outputUse: OutputUse
  package var overwritesInput: Overwriting
  package var takesRelu: ReluFusion
  /// Whether it reads and writes slices of wider maps.
  package var worksOnSlices: Bool
  /// Whether it can add its input's gradient to what is there.
  package var addsGradient: Bool
  /// Whether it can apply a normalization and a ReLU to its input while it reads it, and can complete
  /// the gradient of its output while it reads that.
  package var joinsNormalization: Bool
  /// Whether a product behind it, which joins a normalization in front of it, can compute it while it
  /// reads its input.
  package var isReadThrough: Bool
  package var ordering: Ordering
}

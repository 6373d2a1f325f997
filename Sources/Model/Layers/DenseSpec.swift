import Canonical

/// A fully connected layer, U = X·Wᵀ + b.
package struct DenseSpec: Hashable, Sendable {
  /// Output features.
  package var outputs: Int
  /// Whether an additive term per output is learned.
  package var hasBias: Bool
  /// What takes the place of the plain product in training; nil is the plain product.
  package var replacement: LinearReplacement?
  /// The layer's own initialiser, if the recipe's does not hold for it.
  package var initializer: Initializer?

  /// Describes a dense layer.
  package init(
    outputs: Int, hasBias: Bool = true, replacement: LinearReplacement? = nil,
    initializer: Initializer? = nil
  ) {
    self.outputs = outputs
    self.hasBias = hasBias
    self.replacement = replacement
    self.initializer = initializer
  }

  init(reading reader: ObjectReader) {
    outputs = reader.int("outputs", in: LayerLimits.outputs)
    hasBias = reader.bool("bias", default: true)
    replacement = nil
    initializer = reader.raw("initializer").map { Initializer(reading: $0, reader) }
  }

  var members: [JSONValue.Member] {
    [.init("outputs", .number(outputs)), .init("bias", .bool(hasBias))]
      + LayerSpec.members(of: initializer)
  }

  func parameters(input: FeatureShape, name: String) -> [ParameterSpec] {
    let weight = ParameterSpec(
      name: "\(name).weight", role: .weight, shape: [outputs, input.count],
      fanIn: input.count, fanOut: outputs, initializer: initializer)
    let bias = ParameterSpec(
      name: "\(name).bias", role: .bias, shape: [outputs], fanIn: input.count, fanOut: outputs,
      initializer: initializer)
    return hasBias ? [weight, bias] : [weight]
  }
}

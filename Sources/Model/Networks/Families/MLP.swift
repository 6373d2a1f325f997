import Canonical

/// Fully connected layers with one activation after each hidden layer: 4096 hidden units with ReLU
/// are the network of the Shakeout paper's Table 2, 1024 or 500 and 1000 those of the paper on
/// marginalized noise.
package struct MLP: NetworkFamily {
  package static let family = "mlp"
  package static let usualBatch = 100
  package static let references = [
    NetworkReference(MLP(hidden: [4096]), .mnistImage, classes: 10),
    NetworkReference(
      MLP(hidden: [1024], activation: ActivationSpec(.sigmoid)), .mnistImage, classes: 10),
    NetworkReference(
      MLP(hidden: [500, 1000], activation: ActivationSpec(.sigmoid)), .mnistImage, classes: 10),
  ]

  /// Units of the hidden layers.
  package var hidden: [Int]
  /// What follows each hidden layer.
  package var activation: ActivationSpec

  package init(hidden: [Int] = [4096], activation: ActivationSpec = ActivationSpec(.relu)) {
    self.hidden = hidden
    self.activation = activation
  }

  package static let blank = MLP()
  package static let fields: [Field<MLP>] = [
    .units("hidden", \.hidden, "units of the hidden layers"),
    .value(
      ConfigKey(
        "activation", .optional, "what follows each hidden layer",
        schema: Schema.choice(ActivationSpec.Function.allCases.map(\.rawValue))), \.activation
    ) { reader, owner in
      ActivationSpec(reader.choice("activation", default: owner.activation.function))
    } write: {
      .string($0.function.rawValue)
    },
  ]

  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    .mlp(input: input, hidden: hidden, activation: activation.function, classes: classes)
  }
}

extension NetworkSpec {
  /// Fully connected layers with one activation after each hidden layer.
  package static func mlp(
    input: FeatureShape, hidden: [Int], activation: ActivationSpec.Function, classes: Int
  ) -> NetworkSpec {
    var layers: [NamedLayer] = []
    for (index, units) in hidden.enumerated() {
      layers.append(.dense("fc\(index + 1)", units))
      layers.append(
        NamedLayer("\(activation.rawValue)\(index + 1)", .activation(ActivationSpec(activation))))
    }
    layers.append(.dense("fc\(hidden.count + 1)", classes))
    return NetworkSpec(name: MLP.family, input: input, layers: layers)
  }
}

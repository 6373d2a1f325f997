import Canonical

/// The Shakeout paper's autoencoder (section 4.1), 784-256-784 with untied weights. The activation
/// is the sigmoid of Caffe's MNIST autoencoder; the output is log-odds, to which the loss applies
/// the sigmoid.
package struct Autoencoder: NetworkFamily {
  package static let family = "autoencoder"
  package static let usualBatch = 100
  package static let references = [NetworkReference(Autoencoder(), .mnistImage, classes: 10)]

  /// Units of the code.
  package var hidden: Int
  /// What makes the code.
  package var activation: ActivationSpec.Function

  package init(hidden: Int = 256, activation: ActivationSpec.Function = .sigmoid) {
    self.hidden = hidden
    self.activation = activation
  }

  package static let blank = Autoencoder()
  package static let fields: [Field<Autoencoder>] = [
    .whole("hidden", \.hidden, in: 1...65_536, .optional, "units of the code"),
    .choice("activation", \.activation, .optional, "what makes the code"),
  ]

  /// The network; it has an output for every input, whatever the number of classes. Noise attaches
  /// to the input unless a config says otherwise.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    NetworkSpec(
      name: name, input: input,
      layers: [
        .dense("encoder", hidden),
        NamedLayer("code", .activation(ActivationSpec(activation))),
        .dense("decoder", input.count),
      ],
      output: .logOdds, defaultSites: ["encoder.input"])
  }
}

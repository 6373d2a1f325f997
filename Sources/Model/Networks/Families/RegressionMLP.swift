import Canonical

/// The network of the Drop-Activation paper's regression (section 5.1): one number in, hidden
/// layers of 1000, 800 and 200 ReLUs, one number out.
package struct RegressionMLP: NetworkFamily {
  package static let family = "regression-mlp"
  package static let usualBatch = 64
  package static let references = [
    NetworkReference(RegressionMLP(), FeatureShape(vector: 1), classes: 1)
  ]

  /// Units of the hidden layers.
  package var hidden = [1000, 800, 200]

  package static let blank = RegressionMLP()
  package static let fields: [Field<RegressionMLP>] = [
    .units("hidden", \.hidden, "units of the hidden layers")
  ]

  /// The network; its output is one number, whatever the number of classes.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var network = NetworkSpec.mlp(input: input, hidden: hidden, activation: .relu, classes: 1)
    network.name = name
    network.output = .values
    return network
  }
}

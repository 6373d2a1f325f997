/// The layers of a classifier that is a chain of fully connected layers with logistic hidden units,
/// perhaps with noise in between.
package struct LogisticLayers: Hashable, Sendable {
  /// Fully connected layers from the input on, one more than hidden layers.
  package var dense: [String] = []
  /// The hidden layers' activations.
  package var hidden: [String] = []

  /// nil where the network is of another kind or has no hidden layer.
  package init?(of network: NetworkSpec) {
    for named in network.layers {
      if case .unitNoise = named.layer { continue }
      if case .dense(let spec) = named.layer, dense.count == hidden.count, spec.hasBias {
        dense.append(named.name)
        continue
      }
      guard named.layer == .activation(ActivationSpec(.sigmoid)), dense.count == hidden.count + 1
      else { return nil }
      hidden.append(named.name)
    }
    guard dense.count > 1, hidden.count == dense.count - 1, network.output == .classScores else {
      return nil
    }
  }
}

extension NetworkSpec {
  /// Fully connected layers with one activation after each hidden layer; `hidden: [4096]` with ReLU
  /// is the network of the Shakeout paper's Table 2.
  public static func mlp(
    input: FeatureShape, hidden: [Int], activation: ActivationSpec.Function, classes: Int
  ) -> NetworkSpec {
    var layers: [NamedLayer] = []
    for (index, units) in hidden.enumerated() {
      layers.append(NamedLayer("fc\(index + 1)", .dense(DenseSpec(outputs: units))))
      layers.append(
        NamedLayer("\(activation.rawValue)\(index + 1)", .activation(ActivationSpec(activation))))
    }
    layers.append(NamedLayer("fc\(hidden.count + 1)", .dense(DenseSpec(outputs: classes))))
    return NetworkSpec(name: "mlp", input: input, layers: layers)
  }
}

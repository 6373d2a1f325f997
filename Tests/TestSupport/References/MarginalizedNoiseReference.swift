import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The loss of a network of logistic units with the regularizer of marginalized noise, in Double and
/// by definition, without gradients: those come from differences.
package struct MarginalizedNoiseReference: Sendable {
  /// Weights of the layers from the input on, the last one's giving the outputs.
  package var weights: [ReferenceMatrix]
  /// Their biases.
  package var biases: [[Double]]
  /// The regularizer.
  package var noise: MarginalizedNoise

  /// A network and its regularizer.
  package init(weights: [ReferenceMatrix], biases: [[Double]], noise: MarginalizedNoise) {
    self.weights = weights
    self.biases = biases
    self.noise = noise
  }

  /// A sample's activations: the input, the hidden layers and the probabilities of the classes.
  package func activations(_ x: [Double]) -> (z: [[Double]], probabilities: [Double]) {
    var z = [x]
    for layer in weights.indices {
      let h = (0..<weights[layer].rows).map { row in
        (0..<weights[layer].columns).reduce(biases[layer][row]) {
          $0 + weights[layer][row, $1] * z[layer][$1]
        }
      }
      if layer == weights.count - 1 { return (z, Self.softmax(h)) }
      z.append(h.map { 1 / (1 + exp(-$0)) })
    }
    return (z, [])
  }

  /// softmax(a).
  package static func softmax(_ a: [Double]) -> [Double] {
    let largest = a.max() ?? 0
    let terms = a.map { exp($0 - largest) }
    let sum = terms.reduce(0, +)
    return terms.map { $0 / sum }
  }

  /// −ln o_label of a sample.
  package func logLoss(_ x: [Double], label: Int) -> Double {
    -log(activations(x).probabilities[label])
  }

  /// R of a sample.
  package func penalty(_ x: [Double]) -> Double {
    let (z, o) = activations(x)
    let hidden = weights.count - 1
    var jacobians = [Int: ReferenceMatrix]()
    jacobians[hidden] = weights[hidden]
    for layer in stride(from: hidden, to: 0, by: -1) {
      guard let upper = jacobians[layer] else { continue }
      var scaled = upper
      for k in 0..<scaled.rows {
        for j in 0..<scaled.columns { scaled[k, j] *= z[layer][j] * (1 - z[layer][j]) }
      }
      jacobians[layer - 1] = scaled.times(weights[layer - 1])
    }
    var sum = 0.0
    if noise.on.hasHidden {
      for layer in 1...hidden { sum += penalty(ofLayer: layer, z, o, jacobians) }
    }
    if noise.on.hasInput { sum += penalty(ofLayer: 0, z, o, jacobians) }
    return noise.lambda * sum
  }

  /// R/λ of the noise on one layer.
  private func penalty(
    ofLayer layer: Int, _ z: [[Double]], _ o: [Double], _ jacobians: [Int: ReferenceMatrix]
  ) -> Double {
    guard let jacobian = jacobians[layer] else { return .nan }
    if noise.form == .exact || layer == weights.count - 1 {
      return z[layer].indices.reduce(0) { sum, i in
        sum + z[layer][i] * z[layer][i] * Self.variance(jacobian, i, o)
      }
    }
    let c = coefficients(ofLayer: layer + 1, z, o, jacobians)
    let w = weights[layer]
    return (0..<w.rows).reduce(0) { sum, j in
      let s = z[layer + 1][j] * (1 - z[layer + 1][j])
      let u = (0..<w.columns).reduce(0) {
        $0 + z[layer][$1] * z[layer][$1] * w[j, $1] * w[j, $1]
      }
      return sum + c[j] * s * s * u
    }
  }

  /// What stands for the variance of ∂a/∂z of a layer's units.
  private func coefficients(
    ofLayer layer: Int, _ z: [[Double]], _ o: [Double], _ jacobians: [Int: ReferenceMatrix]
  ) -> [Double] {
    guard let jacobian = jacobians[layer] else { return [] }
    if noise.form == .approxRecursive, layer < weights.count - 1 {
      let upper = coefficients(ofLayer: layer + 1, z, o, jacobians)
      let w = weights[layer]
      return (0..<w.columns).map { i in
        (0..<w.rows).reduce(0) { sum, j in
          let s = z[layer + 1][j] * (1 - z[layer + 1][j])
          return sum + upper[j] * s * s * w[j, i] * w[j, i]
        }
      }
    }
    return (0..<jacobian.columns).map { i in
      guard noise.approxForm == .printed else { return Self.variance(jacobian, i, o) }
      return o.indices.reduce(0) { $0 + o[$1] * (1 - o[$1]) * jacobian[$1, i] * jacobian[$1, i] }
    }
  }

  /// Var_o of a column.
  private static func variance(_ jacobian: ReferenceMatrix, _ column: Int, _ o: [Double]) -> Double
  {
    let mean = o.indices.reduce(0) { $0 + o[$1] * jacobian[$1, column] }
    let square = o.indices.reduce(0) { $0 + o[$1] * jacobian[$1, column] * jacobian[$1, column] }
    return square - mean * mean
  }
}

/// U = X·Wᵀ + b in Double: X has a sample in each row, W an output in each row.
package struct DenseReference {
  /// Outputs × inputs.
  package var weights: ReferenceMatrix
  /// One for each output.
  package var bias: [Double]

  /// A layer from its parameters.
  package init(weights: ReferenceMatrix, bias: [Double]) {
    self.weights = weights
    self.bias = bias
  }

  /// The gradients of a loss.
  package struct Gradients: Equatable {
    /// ∂L/∂X.
    package var input: ReferenceMatrix
    /// ∂L/∂W.
    package var weights: ReferenceMatrix
    /// ∂L/∂b.
    package var bias: [Double]
  }

  /// U.
  package func forward(_ x: ReferenceMatrix) -> ReferenceMatrix {
    var u = x.times(weights.transposed)
    for n in 0..<u.rows { for i in 0..<u.columns { u[n, i] += bias[i] } }
    return u
  }

  /// dX = δW, dW = δᵀX, db = Σ δ for δ = ∂L/∂U.
  package func backward(_ x: ReferenceMatrix, _ delta: ReferenceMatrix) -> Gradients {
    Gradients(
      input: delta.times(weights), weights: delta.transposed.times(x), bias: delta.columnSums)
  }
}

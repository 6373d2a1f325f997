/// U = X·Wᵀ + b in Double: X has a sample in each row, W an output in each row.
public struct DenseReference {
  /// Outputs × inputs.
  public var weights: ReferenceMatrix
  /// One for each output.
  public var bias: [Double]

  /// A layer from its parameters.
  public init(weights: ReferenceMatrix, bias: [Double]) {
    self.weights = weights
    self.bias = bias
  }

  /// The gradients of a loss.
  public struct Gradients: Equatable {
    /// ∂L/∂X.
    public var input: ReferenceMatrix
    /// ∂L/∂W.
    public var weights: ReferenceMatrix
    /// ∂L/∂b.
    public var bias: [Double]
  }

  /// U.
  public func forward(_ x: ReferenceMatrix) -> ReferenceMatrix {
    var u = x.times(weights.transposed)
    for n in 0..<u.rows { for i in 0..<u.columns { u[n, i] += bias[i] } }
    return u
  }

  /// dX = δW, dW = δᵀX, db = Σ δ for δ = ∂L/∂U.
  public func backward(_ x: ReferenceMatrix, _ delta: ReferenceMatrix) -> Gradients {
    Gradients(
      input: delta.times(weights), weights: delta.transposed.times(x), bias: delta.columnSums)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Shakeout on a dense layer (Kang, Li, Tao, eq. 11–14) in Double with a given mask.
package struct ShakeoutDenseReference {
  /// The layer.
  package var dense: DenseReference
  /// τ and the mask.
  package var dropout: DropoutReference
  /// The strength of the sign term.
  package var c: Double
  /// k of the stand-in k·(1 − tanh²(kw)) for the derivative of the sign.
  package var tanhScale: Double
  /// What stands for sgn W; by default the sign of the weights.
  package var signs: ReferenceMatrix

  /// A layer with a drawn mask.
  package init(dense: DenseReference, dropout: DropoutReference, c: Double, tanhScale: Double = 1) {
    self.dense = dense
    self.dropout = dropout
    self.c = c
    self.tanhScale = tanhScale
    signs = dense.weights.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
  }

  private var excess: ReferenceMatrix { dropout.factors.map { $0 - 1 } }

  /// U = (X∘R)·Wᵀ + c·(X∘(R − 1))·Sᵀ + b.
  package func forward(_ x: ReferenceMatrix) -> ReferenceMatrix {
    let sign = x.zip(excess) { $0 * $1 }.times(signs.transposed)
    return dense.forward(dropout.forward(x)).zip(sign) { $0 + c * $1 }
  }

  /// dX = R∘(δW) + c·(R − 1)∘(δS); dW = δᵀ(X∘R) + c·D∘(δᵀ(X∘(R − 1))); db = Σ δ.
  package func backward(_ x: ReferenceMatrix, _ delta: ReferenceMatrix) -> DenseReference.Gradients
  {
    var gradients = dense.backward(dropout.forward(x), delta)
    let sign = delta.times(signs).zip(excess) { $0 * $1 }
    gradients.input = dropout.backward(gradients.input).zip(sign) { $0 + c * $1 }
    let slope = dense.weights.map { w in
      let t = tanh(tanhScale * w)
      return tanhScale * (1 - t * t)
    }
    let excessGradient = delta.transposed.times(x.zip(excess) { $0 * $1 })
    gradients.weights = gradients.weights.zip(slope.zip(excessGradient) { $0 * $1 }) {
      $0 + c * $1
    }
    return gradients
  }
}

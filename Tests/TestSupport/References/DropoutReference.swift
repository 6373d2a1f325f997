/// Inverted dropout in Double with a given mask of 0 and 1.
package struct DropoutReference {
  /// τ, the probability of dropping.
  package var drop: Double
  /// Samples × units.
  package var mask: ReferenceMatrix

  /// Dropout with a drawn mask.
  package init(drop: Double, mask: ReferenceMatrix) {
    self.drop = drop
    self.mask = mask
  }

  /// r = m/(1 − τ).
  package var factors: ReferenceMatrix { mask.map { $0 / (1 - drop) } }

  /// X∘R.
  package func forward(_ x: ReferenceMatrix) -> ReferenceMatrix { x.zip(factors) { $0 * $1 } }

  /// δ∘R.
  package func backward(_ delta: ReferenceMatrix) -> ReferenceMatrix {
    delta.zip(factors) { $0 * $1 }
  }
}

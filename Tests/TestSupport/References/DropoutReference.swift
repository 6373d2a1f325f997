/// Inverted dropout in Double with a given mask of 0 and 1.
public struct DropoutReference {
  /// τ, the probability of dropping.
  public var drop: Double
  /// Samples × units.
  public var mask: ReferenceMatrix

  /// Dropout with a drawn mask.
  public init(drop: Double, mask: ReferenceMatrix) {
    self.drop = drop
    self.mask = mask
  }

  /// r = m/(1 − τ).
  public var factors: ReferenceMatrix { mask.map { $0 / (1 - drop) } }

  /// X∘R.
  public func forward(_ x: ReferenceMatrix) -> ReferenceMatrix { x.zip(factors) { $0 * $1 } }

  /// δ∘R.
  public func backward(_ delta: ReferenceMatrix) -> ReferenceMatrix {
    delta.zip(factors) { $0 * $1 }
  }
}

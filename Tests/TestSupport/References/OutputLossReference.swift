#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Losses of one output z with a target t in Double, with their derivatives.
package struct OutputLossReference: Sendable {
  /// The loss.
  package let value: @Sendable (_ z: Double, _ t: Double) -> Double
  /// Its derivative with respect to z.
  package let derivative: @Sendable (_ z: Double, _ t: Double) -> Double

  /// (z − t)².
  package static let squaredError = OutputLossReference(
    value: { ($0 - $1) * ($0 - $1) }, derivative: { 2 * ($0 - $1) })

  /// −t·ln σ(z) − (1 − t)·ln(1 − σ(z)).
  package static let sigmoidCrossEntropy = OutputLossReference(
    value: { z, t in t * log1p(exp(-z)) + (1 - t) * log1p(exp(z)) },
    derivative: { z, t in 1 / (1 + exp(-z)) - t })

  /// max(0, 1 − t·z)² with t = ±1.
  package static let squaredHinge = OutputLossReference(
    value: { z, t in max(0, 1 - t * z) * max(0, 1 - t * z) },
    derivative: { z, t in -2 * t * max(0, 1 - t * z) })
}

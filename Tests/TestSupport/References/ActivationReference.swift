#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Elementwise functions and their derivatives in Double.
package struct ActivationReference: Sendable {
  /// The function.
  package let value: @Sendable (Double) -> Double
  /// Its derivative.
  package let derivative: @Sendable (Double) -> Double

  /// max(x, 0), with derivative 0 at 0.
  package static let relu = ActivationReference(
    value: { max($0, 0) }, derivative: { $0 > 0 ? 1 : 0 })

  /// 1/(1 + e⁻ˣ).
  package static let sigmoid = ActivationReference(
    value: { 1 / (1 + exp(-$0)) },
    derivative: {
      let s = 1 / (1 + exp(-$0))
      return s * (1 - s)
    })

  /// The hyperbolic tangent.
  package static let tanh = ActivationReference(
    value: { 1 - 2 / (exp(2 * $0) + 1) },
    derivative: {
      let t = 1 - 2 / (exp(2 * $0) + 1)
      return 1 - t * t
    })

  /// x above 0, slope·x elsewhere.
  package static func leakyRelu(slope: Double) -> ActivationReference {
    ActivationReference(
      value: { $0 > 0 ? $0 : slope * $0 }, derivative: { $0 > 0 ? 1 : slope })
  }
}

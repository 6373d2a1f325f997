#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Probability densities for tests that integrate.
package enum Density {
  /// That of the standard normal distribution.
  package static func normal(_ x: Double) -> Double {
    exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }
}

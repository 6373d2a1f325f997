#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Scalar functions of schedules. They run once an update, in Double, and are rounded to Float
/// where they meet weights, so that the last bit of a C library does not reach results.
enum DeterministicMath {
  static func pow(_ base: Double, _ exponent: Double) -> Double { Glibc.pow(base, exponent) }
  static func cos(_ x: Double) -> Double { Glibc.cos(x) }
}

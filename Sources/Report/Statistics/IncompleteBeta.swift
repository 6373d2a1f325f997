import Glibc
import Study

extension Statistics {
  /// The regularized incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1], to about
  /// 14 digits.
  ///
  /// Evaluated by its continued fraction on the side where that converges fast, and by
  /// I_x(a, b) = 1 − I_{1−x}(b, a) on the other.
  package static func incompleteBeta(_ a: Double, _ b: Double, at x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let logBeta = lgamma(a).0 + lgamma(b).0 - lgamma(a + b).0
    let front = exp(a * log(x) + b * log1p(-x) - logBeta)
    return x < (a + 1) / (a + b + 2)
      ? front * betaFraction(a, b, x) / a
      : 1 - front * betaFraction(b, a, 1 - x) / b
  }

  /// The continued fraction 1/(1 + d₁/(1 + d₂/(1 + …))) of the incomplete beta function, forwards
  /// by the modified method of Lentz.
  private static func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    func awayFromZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var numerator = 1.0
    var denominator = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
    var fraction = denominator
    for step in 1...1000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      var change = 1.0
      for coefficient in [even, odd] {
        denominator = 1 / awayFromZero(1 + coefficient * denominator)
        numerator = awayFromZero(1 + coefficient / numerator)
        change = numerator * denominator
        fraction *= change
      }
      if abs(change - 1) < 1e-16 { break }
    }
    return fraction
  }
}

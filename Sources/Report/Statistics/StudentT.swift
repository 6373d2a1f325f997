import Study

/// Student's t distribution, also with a fractional number of degrees of freedom.
package struct StudentT: Sendable, Equatable {
  /// Degrees of freedom, above 0.
  package var degrees: Double

  /// The distribution with this many degrees of freedom.
  package init(degrees: Double) { self.degrees = degrees }

  /// P(T > t).
  package func upperTail(_ t: Double) -> Double {
    if t.isNaN { return .nan }
    if t.isInfinite { return t > 0 ? 0 : 1 }
    let square = t * t
    // Near the centre the complement keeps the digits that 1 − x would lose.
    let outside =
      square < degrees
      ? 1 - Statistics.incompleteBeta(0.5, degrees / 2, at: square / (degrees + square))
      : Statistics.incompleteBeta(degrees / 2, 0.5, at: degrees / (degrees + square))
    return t > 0 ? outside / 2 : 1 - outside / 2
  }

  /// P(T ≤ t).
  package func cumulative(_ t: Double) -> Double { upperTail(-t) }

  /// The t with P(T ≤ t) = `probability`, which must lie strictly between 0 and 1.
  package func quantile(_ probability: Double) -> Double {
    guard probability > 0, probability < 1 else {
      return probability == 0 ? -.infinity : probability == 1 ? .infinity : .nan
    }
    if probability < 0.5 { return -quantile(1 - probability) }
    if probability == 0.5 { return 0 }
    var low = 0.0
    var high = 1.0
    while cumulative(high) < probability, high < 1e300 { (low, high) = (high, high * 2) }
    // Bisection until no number lies between: slow and sure, and there are few quantiles to find.
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return high }
      if cumulative(middle) < probability { low = middle } else { high = middle }
    }
  }
}

import Study

/// A one-sided t test: whether a difference lies above 0.
package struct TTest: Sendable, Equatable {
  /// The statistic.
  package var t: Double
  /// Degrees of freedom.
  package var degrees: Double
  /// The probability of a statistic at least as large when there is no difference.
  package var p: Double
  /// The standard error of the difference.
  package var standardError: Double

  init(difference: Double, standardError: Double, degrees: Double) {
    self.standardError = standardError
    // Without any spread the difference alone decides.
    let direction = difference == 0 ? 0 : difference > 0 ? Double.infinity : -.infinity
    t = standardError > 0 ? difference / standardError : direction
    self.degrees = degrees
    p = StudentT(degrees: degrees).upperTail(t)
  }

  /// Tests whether the mean of paired differences lies above 0, with n − 1 degrees of freedom; nil
  /// below two pairs.
  /// - Parameters:
  ///   - leastDeviation: the spread that differences have at least, whatever these show.
  ///   - firstStage: how many of the pairs, the first ones, the spread is taken of; nil for all.
  package static func paired(
    _ differences: [Double], leastDeviation: Double, firstStage: Int?
  ) -> TTest? {
    let first = Array(differences.prefix(firstStage ?? differences.count))
    guard let mean = Statistics.mean(differences),
      let deviation = Statistics.sampleDeviation(first)
    else { return nil }
    return TTest(
      difference: mean,
      standardError: max(deviation, leastDeviation) / Double(differences.count).squareRoot(),
      degrees: Double(first.count - 1))
  }

  /// Tests whether `first` has the larger mean, without assuming equal variances (Welch, with the
  /// degrees of freedom of Satterthwaite); nil unless both have an error.
  package static func welch(_ first: MeanWithError, _ second: MeanWithError) -> TTest? {
    guard let degrees = MeanWithError.degrees(first, second) else { return nil }
    return TTest(
      difference: first.mean - second.mean,
      standardError: MeanWithError.differenceError(first, second), degrees: degrees)
  }
}

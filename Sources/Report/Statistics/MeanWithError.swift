import Study

/// A mean, its standard error and the number of runs behind it: what a table's "± spread" amounts
/// to.
package struct MeanWithError: Sendable, Equatable {
  package var mean: Double
  /// The mean's standard error; 0 where it is unknown or there is none.
  package var standardError: Double
  /// Number of runs.
  package var count: Int

  /// Joins a mean, its standard error and the number of runs.
  package init(mean: Double, standardError: Double, count: Int) {
    self.mean = mean
    self.standardError = standardError
    self.count = count
  }

  /// The mean of `values` with its error; nil below two values.
  /// - Parameter leastDeviation: the spread that values have at least, whatever these show.
  package init?(of values: [Double], leastDeviation: Double) {
    guard let mean = Statistics.mean(values), let deviation = Statistics.sampleDeviation(values)
    else { return nil }
    self.init(
      mean: mean,
      standardError: max(deviation, leastDeviation) / Double(values.count).squareRoot(),
      count: values.count)
  }

  /// The standard error of the difference of two independent means.
  package static func differenceError(_ a: MeanWithError, _ b: MeanWithError) -> Double {
    (a.variance + b.variance).squareRoot()
  }

  /// The degrees of freedom of that error, by Welch and Satterthwaite; a mean without error counts
  /// as known exactly. Nil if nothing about the error can be said.
  package static func degrees(_ a: MeanWithError, _ b: MeanWithError) -> Double? {
    let parts = [a, b].filter { $0.count > 1 }
    guard !parts.isEmpty else { return nil }
    let total = parts.reduce(0) { $0 + $1.variance }
    guard total > 0 else { return parts.reduce(0) { $0 + Double($1.count - 1) } }
    let shares = parts.reduce(0) { $0 + $1.variance * $1.variance / Double($1.count - 1) }
    return total * total / shares
  }

  private var variance: Double { standardError * standardError }
}

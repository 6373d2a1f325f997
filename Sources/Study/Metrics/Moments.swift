/// The statistics that tables and verdicts are made of. One concept per file, all in `Double` with
/// a fixed order of summation, so that the same numbers give the same bits.
package enum Statistics {}

extension Statistics {
  /// The arithmetic mean, or nil of nothing.
  ///
  /// The sum is corrected by a second pass over the deviations, which makes it exact to the last
  /// bit or two whatever the order of magnitude.
  package static func mean(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let first = values.reduce(0, +) / count
    return first + values.reduce(0) { $0 + ($1 - first) } / count
  }

  /// The sample standard deviation, with n − 1 in the denominator; nil below two values.
  package static func sampleDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The standard error of the mean, s / √n; nil below two values.
  package static func standardError(_ values: [Double]) -> Double? {
    sampleDeviation(values).map { $0 / Double(values.count).squareRoot() }
  }

  /// Half the width of the interval mean ± 1.96·s/√n, which papers print with few runs although the
  /// t quantile would be right; nil below two values.
  package static func normalHalfWidth(_ values: [Double]) -> Double? {
    standardError(values).map { $0 * normalQuantile975 }
  }

  /// The papers' rounded normal quantile for 95 %.
  package static let normalQuantile975 = 1.96
}

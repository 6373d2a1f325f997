import Study

/// A mean with its confidence interval by Student's t.
package struct MeanInterval: Sendable, Equatable {
  package var mean: Double
  /// Half the interval's width.
  package var halfWidth: Double
  /// The lower end.
  package var lower: Double { mean - halfWidth }
  /// The upper end.
  package var upper: Double { mean + halfWidth }

  /// The interval around a mean whose standard error was estimated with `degrees` degrees of
  /// freedom; `confidence` is for example 0.9 or 0.95.
  package init(mean: Double, standardError: Double, degrees: Double, confidence: Double) {
    self.mean = mean
    halfWidth = standardError * StudentT(degrees: degrees).quantile((1 + confidence) / 2)
  }

  /// The interval of the mean of values by trial; nil below two values.
  /// - Parameter firstStage: the last trial that the spread is taken of; nil for all.
  package init?(of values: [Int: Double], confidence: Double, firstStage: Int?) {
    let trials = values.keys.sorted()
    self.init(
      of: trials.compactMap { values[$0] }, confidence: confidence,
      firstStage: firstStage.map { stage in trials.count { $0 <= stage } })
  }

  /// The interval of the mean of `values`; nil below two values.
  /// - Parameter firstStage: how many of the values, the first ones, the spread is taken of; nil for
  ///   all.
  package init?(of values: [Double], confidence: Double, firstStage: Int?) {
    let first = Array(values.prefix(firstStage ?? values.count))
    guard let mean = Statistics.mean(values), let deviation = Statistics.sampleDeviation(first)
    else { return nil }
    self.init(
      mean: mean, standardError: deviation / Double(values.count).squareRoot(),
      degrees: Double(first.count - 1), confidence: confidence)
  }
}

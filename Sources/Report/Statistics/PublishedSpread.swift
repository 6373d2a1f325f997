import Study

extension SpreadKind {
  /// The spread of `values` in this sense; nil below two values.
  package func spread(of values: [Double]) -> Double? {
    switch self {
    case .standardDeviation, .quoted: Statistics.sampleDeviation(values)
    case .normalInterval: Statistics.normalHalfWidth(values)
    }
  }

  /// The mean's standard error that a printed spread amounts to, or nil where that is unknown.
  package func standardError(spread: Double, runs: Int) -> Double? {
    switch self {
    case .standardDeviation: spread / Double(runs).squareRoot()
    case .normalInterval: spread / Statistics.normalQuantile975
    case .quoted: nil
    }
  }
}

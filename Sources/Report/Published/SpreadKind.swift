/// What the number behind "±" means.
package enum SpreadKind: String, CaseIterable, Sendable {
  /// The sample standard deviation of the runs.
  case standardDeviation = "std"
  /// Half the width of a 95 % interval, as 1.96·s/√n.
  case normalInterval = "ci95"
  /// Taken over from another paper, which may mean either.
  case quoted

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

  /// The kind in words, for the line above a table.
  package var label: String {
    switch self {
    case .standardDeviation, .quoted: "standard deviation"
    case .normalInterval: "95 % half width (1.96 s / √n)"
    }
  }
}

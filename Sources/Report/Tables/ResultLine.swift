/// One line of `table.csv`: a cell of a table under one selection.
public struct ResultLine: Sendable, Equatable {
  /// The paper; empty in a study of one's own.
  public var paper: String
  /// The paper's table, or the study's name.
  public var table: String
  /// The row's label.
  public var row: String
  /// The column's label.
  public var column: String
  /// What was measured.
  public var metric: String
  /// The unit of means and spreads.
  public var unit: String
  /// Which evaluation of each run counts.
  public var selection: ErrorSelection
  /// The mean of the finite runs; nil if there is none.
  public var mean: Double?
  /// Their spread; nil below two runs.
  public var spread: Double?
  /// What the spread is.
  public var spreadKind: SpreadKind
  /// Number of finite runs.
  public var count: Int
  /// Number of runs that diverged.
  public var diverged: Int
  /// The published mean, where it is comparable.
  public var publishedMean: Double?
  /// The published spread, where it is comparable.
  public var publishedSpread: Double?
  /// What follows from the comparison; nil where there is none.
  public var verdict: Verdict?
  /// The profile's name.
  public var profile: String
  /// The one-sided p of Welch's test behind the mean, where two arms are compared.
  public var p: Double?
  /// The p that the paper prints beside the number.
  public var publishedP: Double?
  /// The finite runs' values by trial.
  public var values: [Int: Double] = [:]

  /// The mean's 95 % t interval; nil below two runs.
  public var interval: MeanInterval? {
    MeanInterval(of: values.keys.sorted().compactMap { values[$0] }, confidence: 0.95)
  }

  /// Whether any run has finished, even if it diverged.
  var hasRuns: Bool { count + diverged > 0 }

  /// Decimals that the unit prints.
  public var decimals: Int { Metric.decimals(unit: unit) }

  /// The mean as printed.
  public var meanText: String? { mean.map { DecimalText.fixed($0, decimals: decimals) } }

  /// The spread as printed.
  public var spreadText: String? { spread.map { DecimalText.fixed($0, decimals: decimals) } }

  /// The published mean as printed; more decimals than usual are kept.
  public var publishedMeanText: String? { publishedMean.map(publishedText) }

  /// The published spread as printed; more decimals than usual are kept.
  public var publishedSpreadText: String? { publishedSpread.map(publishedText) }

  /// Our mean minus the published one, as the two are printed, so that a reader who subtracts
  /// agrees.
  public var delta: Double? {
    guard let publishedMean, let printed = meanText.flatMap(Double.init) else { return nil }
    return printed - publishedMean
  }

  /// The difference as printed.
  public var deltaText: String? { delta.map { DecimalText.fixed($0, decimals: decimals) } }

  private func publishedText(_ value: Double) -> String {
    DecimalText.fixed(value, decimals: max(decimals, DecimalText.decimals(of: value)))
  }
}

extension ResultLine {
  /// Ours in a cell: `mean ± spread (n)`, with what diverged; a dash where nothing has finished.
  public var text: String {
    if diverged > 0 {
      guard let meanText else { return "diverged (\(diverged))" }
      return "\(meanText)\(plusMinus(spreadText)) (\(count), \(diverged) diverged)"
    }
    guard let meanText else { return Self.nothing }
    return "\(meanText)\(plusMinus(spreadText)) (\(count))\(Self.withP(p))"
  }

  /// The published number in a cell.
  public var publishedText: String {
    publishedMeanText.map { $0 + plusMinus(publishedSpreadText) + Self.withP(publishedP) }
      ?? Self.nothing
  }

  private static func withP(_ p: Double?) -> String {
    p.map { ", p " + ($0 < 0.0005 ? "<0.001" : DecimalText.fixed($0, decimals: 3)) } ?? ""
  }

  /// What stands where there is no number.
  public static let nothing = "–"

  private func plusMinus(_ spread: String?) -> String { spread.map { " ± \($0)" } ?? "" }
}

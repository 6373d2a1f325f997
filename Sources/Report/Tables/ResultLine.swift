import Study

/// One line of `table.csv`: a cell of a table under one selection.
package struct ResultLine: Sendable, Equatable {
  /// The paper; empty in a study of one's own.
  package var paper: String
  /// The paper's table, or the study's name.
  package var table: String
  /// The row's label.
  package var row: String
  /// The column's label.
  package var column: String
  /// What was measured.
  package var metric: Metric
  /// Which evaluation of each run counts.
  package var selection: ErrorSelection
  /// The mean of the finite runs; nil if there is none.
  package var mean: Double?
  /// Their spread; nil below two runs.
  package var spread: Double?
  package var spreadKind: SpreadKind
  /// Number of finite runs.
  package var count: Int
  /// Number of runs that diverged.
  package var diverged: Int
  /// The published mean, where it is comparable.
  package var publishedMean: Double?
  /// The published spread, where it is comparable.
  package var publishedSpread: Double?
  /// What follows from the comparison; nil where there is none.
  package var judgement: Judgement?
  /// The profile's name.
  package var profile: String
  /// The one-sided p of Welch's test behind the mean, where two arms are compared.
  package var p: Double?
  /// The p that the paper prints beside the number.
  package var publishedP: Double?
  /// Images that errors are counted on; nil where nothing is classified.
  package var testImages: Int?
  /// The study's rows whose runs it sums up: one, unless runs of several are pooled.
  package var studyRows: [StudyRow]
  /// The finite runs' values by trial.
  package var values: [Int: Double] = [:]
  /// The last trial that the spread of intervals is taken of; nil for all.
  var firstStage: Int?

  /// The step between two values that a run can have; 0 where there is none.
  var resolution: Double { metric.resolution(testImages: testImages) }

  /// The mean's 95 % t interval; nil below two runs.
  package var interval: MeanInterval? {
    MeanInterval(of: values, confidence: 0.95, firstStage: firstStage)
  }

  /// The judgement's verdict.
  package var verdict: Verdict? { judgement?.verdict }

  /// Whether any run has finished, even if it diverged.
  var hasRuns: Bool { count + diverged > 0 }

  /// Decimals of means and spreads.
  package var decimals: Int { metric.decimals }

  /// The mean as printed.
  package var meanText: String? { mean.map { DecimalText.fixed($0, decimals: decimals) } }

  /// The spread as printed.
  package var spreadText: String? { spread.map { DecimalText.fixed($0, decimals: decimals) } }

  /// The published mean as printed; more decimals than usual are kept.
  package var publishedMeanText: String? { publishedMean.map(publishedText) }

  /// The published spread as printed; more decimals than usual are kept.
  package var publishedSpreadText: String? { publishedSpread.map(publishedText) }

  /// Our mean minus the published one, as the two are printed, so that a reader who subtracts
  /// agrees.
  package var delta: Double? {
    guard let publishedMean, let printed = meanText.flatMap(Double.init) else { return nil }
    return printed - publishedMean
  }

  /// The difference as printed.
  package var deltaText: String? { delta.map { DecimalText.fixed($0, decimals: decimals) } }

  private func publishedText(_ value: Double) -> String {
    DecimalText.fixed(value, decimals: max(decimals, DecimalText.decimals(of: value)))
  }
}

extension ResultLine {
  /// Ours in a cell: `mean ± spread (n)`, with what diverged; a dash where nothing has finished.
  package var text: String {
    if diverged > 0 {
      guard let meanText else { return "diverged (\(diverged))" }
      return "\(meanText)\(plusMinus(spreadText)) (\(count), \(diverged) diverged)"
    }
    guard let meanText else { return Self.nothing }
    return "\(meanText)\(plusMinus(spreadText)) (\(count))\(Self.withP(p))"
  }

  /// The published number in a cell.
  package var publishedText: String {
    publishedMeanText.map { $0 + plusMinus(publishedSpreadText) + Self.withP(publishedP) }
      ?? Self.nothing
  }

  private static func withP(_ p: Double?) -> String {
    p.map { ", p " + ($0 < 0.0005 ? "<0.001" : DecimalText.fixed($0, decimals: 3)) } ?? ""
  }

  /// What stands where there is no number.
  package static let nothing = "–"

  private func plusMinus(_ spread: String?) -> String { spread.map { " ± \($0)" } ?? "" }
}

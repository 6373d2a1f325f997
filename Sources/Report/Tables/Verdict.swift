import Study

/// What a result says about the published number beside it.
package enum Verdict: String, CaseIterable, Sendable {
  /// The 90 % interval of ours − published lies within ± the margin.
  case reproduced
  /// It lies entirely beyond the margin, on the good side.
  case better
  /// It lies entirely beyond the margin, on the bad side; or on either side, for a number that is
  /// neither good nor bad.
  case worse
  /// It does neither, or fewer than three runs are finite.
  case underpowered
  /// The study is not the paper's: a smaller profile or other data.
  case reducedProfile = "reduced profile"
  /// The study was altered on the command line.
  case altered = "altered study"

  /// Whether it says anything: the others say why nothing is judged.
  var isJudgement: Bool { self != .reducedProfile && self != .altered }

  /// Fewest finite runs that allow a verdict.
  package static let fewestRuns = 3
  /// Confidence of the interval: two one-sided tests at 5 % each.
  package static let confidence = 0.9

  /// Judges the values of the finite runs against a published cell; nil where the paper prints a
  /// dash.
  ///
  /// The published mean's own error enters where the paper prints a spread and its number of runs;
  /// degrees of freedom by Welch and Satterthwaite. A margin given here takes the place of the
  /// table's own.
  package static func judging(
    _ values: [Double], against cell: PublishedCell, of table: PublishedTable,
    metric: Metric, margin given: Double? = nil
  ) -> Verdict? {
    guard let published = cell.mean else { return nil }
    guard values.count >= fewestRuns, let ours = MeanWithError(of: values) else {
      return .underpowered
    }
    let spread = cell.spreadIsDoubtful ? nil : cell.spread
    var theirs = MeanWithError(mean: published, standardError: 0, count: 1)
    if let spread, let kind = table.spreadKind, let runs = table.runs, runs > 1,
      let error = kind.standardError(spread: spread, runs: runs)
    {
      theirs = MeanWithError(mean: published, standardError: error, count: runs)
    }
    guard let degrees = MeanWithError.degrees(ours, theirs) else { return .underpowered }
    let interval = MeanInterval(
      mean: ours.mean - published,
      standardError: MeanWithError.differenceError(ours, theirs), degrees: degrees,
      confidence: confidence)
    // Means of two decimals may lie on the margin itself: what a rounding decides is no difference.
    let width = given ?? table.margin(for: metric.name).width(mean: published, spread: spread)
    let margin = width + 1e-9
    if interval.lower >= -margin, interval.upper <= margin { return .reproduced }
    if interval.lower > margin { return metric.direction == .largerIsBetter ? .better : .worse }
    if interval.upper < -margin { return metric.direction == .smallerIsBetter ? .better : .worse }
    return .underpowered
  }
}

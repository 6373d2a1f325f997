import Study

/// A result set against the published number beside it: how far they are apart, how far they may be,
/// and what follows.
package struct Judgement: Sendable, Equatable {
  /// Whether further runs of ours would settle what is open.
  package enum Prospect: Sendable, Equatable {
    /// Nothing is open, or nothing is judged.
    case settled
    /// This many further runs would, if mean and spread stayed as they are.
    case furtherRuns(Int)
    /// At least this many are needed before anything can be said.
    case atLeast(Int)
    /// None would while our mean stays as near to the margin as it is.
    case nearMargin
    /// None would wherever our mean lay within the margin: the published number's own error is as wide.
    case limitedByPaper
  }

  package var verdict: Verdict
  /// How far from the published mean a result may lie, in the table's unit; nil where nothing is
  /// judged.
  package var margin: Double?
  /// Ours minus the published mean with its 90 % interval; nil with fewer than three runs.
  package var difference: MeanInterval?
  package var prospect = Prospect.settled
  /// What the interval rests on; nil with fewer than three runs.
  var outlook: Outlook?
  /// How many runs of the cell the study's protocol has.
  package var plannedRuns: Int
  /// What the verdict's name and the number of runs do not say: `at 0.60`.
  var detail: String?

  /// A verdict that rests on no interval.
  init(_ verdict: Verdict, plannedRuns: Int, detail: String?) {
    self.verdict = verdict
    self.plannedRuns = plannedRuns
    self.detail = detail
  }

  /// Judges the values of the finite runs against a published cell; nil where the paper prints a
  /// dash. A margin given here takes the place of the table's own.
  /// - Parameters:
  ///   - resolution: the step between two values that a run can have.
  ///   - firstStage: how many of the runs, the first ones, the spread is taken of where they
  ///     decided how many there are; nil where all are.
  package init?(
    _ values: [Double], against cell: PublishedCell, of table: PublishedTable, metric: Metric,
    margin given: Double?, plannedRuns: Int, resolution: Double, firstStage: Int?
  ) {
    guard let published = cell.mean else { return nil }
    self.init(.notJudged, plannedRuns: plannedRuns, detail: nil)
    guard plannedRuns >= Verdict.fewestRuns else { return }
    let spread = cell.spreadIsDoubtful ? nil : cell.spread
    let width = given ?? table.margin(for: metric.name).width(mean: published, spread: spread)
    margin = width
    guard values.count >= Verdict.fewestRuns else {
      verdict = .undecided
      prospect = .atLeast(Verdict.fewestRuns - values.count)
      return
    }
    guard let mean = Statistics.mean(values),
      let deviation = Statistics.sampleDeviation(Array(values.prefix(firstStage ?? values.count)))
    else {
      verdict = .undecided
      detail = "no spread of the first trials, which diverged"
      return
    }
    let outlook = Outlook(
      difference: mean - published,
      deviation: max(deviation, Statistics.roundingDeviation(step: resolution)),
      publishedError: PublishedError(spread: spread, of: table), margin: width,
      direction: metric.direction, confidence: Verdict.confidence, firstStage: firstStage)
    self.outlook = outlook
    let interval = outlook.interval(runs: values.count)
    difference = interval
    if let settled = outlook.settled(by: interval) {
      verdict = settled
      return
    }
    prospect = outlook.prospect(after: values.count)
    if interval.lower > 0 {
      verdict = .higher
    } else if interval.upper < 0 {
      verdict = .lower
    } else {
      verdict = prospect == .limitedByPaper ? .limitedByPaper : .undecided
    }
  }

  /// The verdict in few words, for a mark: `undecided: +3 runs`.
  package var mark: String {
    switch verdict {
    case .notJudged:
      return "\(detail ?? Self.runs(plannedRuns)), not judged"
    case .undecided:
      let open = [shortProspect, detail].compactMap(\.self)
      return ([verdict.rawValue] + (open.isEmpty ? [] : [open.joined(separator: " ")]))
        .joined(separator: ": ")
    case .reproduced, .better, .worse, .lower, .higher, .limitedByPaper, .reducedProfile, .altered:
      return [verdict.rawValue, detail].compactMap(\.self).joined(separator: ", ")
    }
  }

  /// The verdict in full: `lower, by less than the margin or about it: 3 more runs would settle it`.
  package var words: String {
    let name: String
    switch verdict {
    case .lower, .higher: name = "\(verdict.rawValue), by less than the margin or about it"
    case .undecided: name = verdict.rawValue
    case .reproduced, .better, .worse, .limitedByPaper, .notJudged, .reducedProfile, .altered:
      return mark
    }
    let open = [longProspect, detail].compactMap(\.self)
    return open.isEmpty ? name : "\(name): \(open.joined(separator: " "))"
  }

  /// How many further runs would settle it; nil where none is needed or none would.
  package var furtherRuns: Int? {
    switch prospect {
    case .furtherRuns(let count), .atLeast(let count): count
    case .settled, .nearMargin, .limitedByPaper: nil
    }
  }

  private var shortProspect: String? {
    switch prospect {
    case .furtherRuns(let count):
      count > Outlook.countedRuns
        ? ">\(Outlook.countedRuns) runs" : "+\(Self.counted(count, "run"))"
    case .atLeast(let count): "at least +\(Self.counted(count, "run"))"
    case .nearMargin: "near the margin"
    case .limitedByPaper, .settled: nil
    }
  }

  private var longProspect: String? {
    switch prospect {
    case .furtherRuns(let count):
      count > Outlook.countedRuns
        ? "more than \(DecimalText.grouped(Outlook.countedRuns)) more runs would settle it"
        : "\(Self.counted(count, "more run")) would settle it"
    case .atLeast(let count): "at least \(Self.counted(count, "more run")) needed"
    case .nearMargin: "so near the margin that no number of runs settles it if our mean stays"
    case .limitedByPaper: "limited by the paper"
    case .settled: nil
    }
  }

  private static func runs(_ count: Int) -> String { count == 1 ? "one run" : "\(count) runs" }

  private static func counted(_ count: Int, _ what: String) -> String {
    "\(count) \(what)\(count == 1 ? "" : "s")"
  }
}

/// What is known of the error of a published number.
enum PublishedError: Sendable, Equatable {
  /// The paper prints a spread and its number of runs.
  case printed(standardError: Double, runs: Int)
  /// It does not, and our spread stands for the paper's, whose number is the mean of so many runs.
  case likeOurs(runs: Int)

  init(spread: Double?, of table: PublishedTable) {
    if let spread, let kind = table.spreadKind, let runs = table.runs, runs > 1,
      let error = kind.standardError(spread: spread, runs: runs)
    {
      self = .printed(standardError: error, runs: runs)
    } else {
      self = .likeOurs(runs: table.runs ?? 1)
    }
  }
}

/// The interval of a difference as it is, and as it would be with more runs of the same mean and
/// spread.
struct Outlook: Sendable, Equatable {
  /// Our mean minus the published one.
  var difference: Double
  /// The sample standard deviation of our runs.
  var deviation: Double
  var publishedError: PublishedError
  var margin: Double
  var direction: Metric.Direction
  /// Confidence of the interval that settles it.
  var confidence: Double
  /// How many runs the spread was taken of, where it is not all.
  var firstStage: Int?

  /// The interval of the difference with so many runs: degrees of freedom by Welch and
  /// Satterthwaite, or n − 1 where our spread stands for the paper's.
  func interval(runs: Int) -> MeanInterval {
    MeanInterval(
      mean: difference, standardError: standardError(runs: runs), degrees: degrees(runs: runs),
      confidence: confidence)
  }

  private func mean(of runs: Int) -> MeanWithError {
    MeanWithError(
      mean: difference, standardError: deviation / Double(runs).squareRoot(), count: runs)
  }

  private func standardError(runs: Int) -> Double {
    MeanWithError.differenceError(
      mean(of: runs), MeanWithError(mean: 0, standardError: publishedStandardError, count: 1))
  }

  private var publishedStandardError: Double {
    switch publishedError {
    case .printed(let error, _): error
    case .likeOurs(let runs): deviation / Double(runs).squareRoot()
    }
  }

  private func degrees(runs: Int) -> Double {
    if let firstStage { return Double(firstStage - 1) }
    switch publishedError {
    case .printed(let error, let count):
      let theirs = MeanWithError(mean: 0, standardError: error, count: count)
      return MeanWithError.degrees(mean(of: runs), theirs) ?? Double(runs - 1)
    case .likeOurs: return Double(runs - 1)
    }
  }

  /// The fewest runs with which the interval has at most this half width, by the spread of a first stage;
  /// nil where the published error alone is wider.
  func runs(halfWidth: Double, firstStage: Int) -> Int? {
    let quantile = StudentT(degrees: Double(firstStage - 1))
      .quantile((1 + confidence) / 2)
    let width = halfWidth / quantile
    let left = width * width - publishedStandardError * publishedStandardError
    guard left > 0 else { return nil }
    return Self.whole((deviation * deviation / left).rounded(.up))
  }

  /// A number of runs as a whole number, whatever its size.
  static func whole(_ runs: Double) -> Int { Int(max(1, min(1e9, runs))) }

  /// What a rounding decides is no difference: means of two decimals may lie on the margin itself.
  private var roundedMargin: Double { margin + 1e-9 }

  /// The verdict that an interval on one side of the margin allows; nil where it lies on both.
  func settled(by interval: MeanInterval) -> Verdict? {
    let margin = roundedMargin
    if interval.lower >= -margin, interval.upper <= margin { return .reproduced }
    if interval.lower > margin { return direction == .largerIsBetter ? .better : .worse }
    if interval.upper < -margin { return direction == .smallerIsBetter ? .better : .worse }
    return nil
  }

  /// What further runs would do where so many leave it open.
  func prospect(after count: Int) -> Judgement.Prospect {
    if let runs = furtherRuns(after: count) { return .furtherRuns(runs) }
    return runs(above: Verdict.fewestRuns - 1, halfWidth: margin) == nil
      ? .limitedByPaper : .nearMargin
  }

  /// The fewest further runs with which the interval would settle it, were mean and spread the same;
  /// nil if no number would.
  func furtherRuns(after count: Int) -> Int? {
    runs(above: count, halfWidth: abs(roundedMargin - abs(difference))).map { $0 - count }
  }

  /// The fewest runs above a number with which the interval has at most this half width; nil if none.
  ///
  /// Each number is looked at, as far as they are told apart. An interval may widen again with more runs:
  /// its degrees of freedom by Welch and Satterthwaite fall to those of the paper's few runs when ours
  /// leave no error of their own.
  private func runs(above count: Int, halfWidth: Double) -> Int? {
    func isReached(_ runs: Int) -> Bool {
      halfWidth > 0
        && StudentT(degrees: degrees(runs: runs)).upperTail(halfWidth / standardError(runs: runs))
          <= (1 - confidence) / 2
    }
    if let runs = (count + 1...count + Self.countedRuns).first(where: isReached) { return runs }
    var runs = 2 * (count + Self.countedRuns)
    while runs < Self.unlimited {
      if isReached(runs) { return runs }
      runs *= 2
    }
    return isReached(Self.unlimited) ? Self.unlimited : nil
  }

  /// Above this a number of further runs itself says nothing.
  static let countedRuns = 1000
  /// As good as any number of runs: our own error is then a three-hundredth of one run's.
  private static let unlimited = 100_000
}

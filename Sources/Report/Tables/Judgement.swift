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
    /// None would: the published number's error alone is too wide.
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

  /// A verdict that rests on no interval.
  init(_ verdict: Verdict, plannedRuns: Int) {
    self.verdict = verdict
    self.plannedRuns = plannedRuns
  }

  /// Judges the values of the finite runs against a published cell; nil where the paper prints a
  /// dash. A margin given here takes the place of the table's own.
  /// - Parameter firstStage: how many of the runs, the first ones, the spread is taken of where they
  ///   decided how many there are; nil where all are.
  package init?(
    _ values: [Double], against cell: PublishedCell, of table: PublishedTable, metric: Metric,
    margin given: Double? = nil, plannedRuns: Int, firstStage: Int? = nil
  ) {
    guard let published = cell.mean else { return nil }
    self.init(.notJudged, plannedRuns: plannedRuns)
    guard plannedRuns >= Verdict.fewestRuns else { return }
    let spread = cell.spreadIsDoubtful ? nil : cell.spread
    let width = given ?? table.margin(for: metric.name).width(mean: published, spread: spread)
    margin = width
    guard values.count >= Verdict.fewestRuns, let mean = Statistics.mean(values),
      let deviation = Statistics.sampleDeviation(Array(values.prefix(firstStage ?? values.count)))
    else {
      verdict = .undecided
      prospect = .atLeast(Verdict.fewestRuns - values.count)
      return
    }
    let outlook = Outlook(
      difference: mean - published, deviation: deviation,
      publishedError: PublishedError(spread: spread, of: table), margin: width,
      direction: metric.direction, firstStage: firstStage)
    self.outlook = outlook
    let interval = outlook.interval(runs: values.count)
    difference = interval
    if let settled = outlook.settled(by: interval) {
      verdict = settled
      return
    }
    prospect = outlook.furtherRuns(after: values.count).map { .furtherRuns($0) } ?? .limitedByPaper
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
    if verdict == .notJudged {
      return plannedRuns == 1 ? "one run, not judged" : "\(plannedRuns) runs, not judged"
    }
    guard verdict == .undecided, let furtherRuns else { return verdict.rawValue }
    return furtherRuns > Self.mostRuns
      ? "undecided: >\(Self.mostRuns) runs"
      : "undecided: +\(furtherRuns) \(furtherRuns == 1 ? "run" : "runs")"
  }

  /// The verdict in full: `lower, by less than the margin or about it: 3 more runs would settle it`.
  package var words: String {
    var words: String
    switch verdict {
    case .lower, .higher: words = "\(verdict.rawValue), by less than the margin or about it"
    case .undecided: words = verdict.rawValue
    case .reproduced, .better, .worse, .limitedByPaper, .notJudged, .reducedProfile, .altered:
      return mark
    }
    switch prospect {
    case .furtherRuns(let count): words += ": \(Self.more(count)) would settle it"
    case .atLeast(let count): words += ": at least \(Self.more(count)) needed"
    case .limitedByPaper: words += ": limited by the paper"
    case .settled: break
    }
    return words
  }

  /// How many further runs would settle it; nil where none is needed or none would.
  package var furtherRuns: Int? {
    switch prospect {
    case .furtherRuns(let count), .atLeast(let count): count
    case .settled, .limitedByPaper: nil
    }
  }

  /// Above this the number itself says nothing.
  private static let mostRuns = 1000

  private static func more(_ count: Int) -> String {
    count > mostRuns
      ? "more than \(DecimalText.grouped(mostRuns)) more runs"
      : count == 1 ? "1 more run" : "\(count) more runs"
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
  /// How many runs the spread was taken of, where it is not all.
  var firstStage: Int?

  /// The 90 % interval of the difference with so many runs: degrees of freedom by Welch and
  /// Satterthwaite, or n − 1 where our spread stands for the paper's.
  func interval(runs: Int) -> MeanInterval {
    let ours = MeanWithError(
      mean: difference, standardError: deviation / Double(runs).squareRoot(), count: runs)
    let theirs = MeanWithError(mean: 0, standardError: publishedStandardError, count: 1)
    return MeanInterval(
      mean: difference, standardError: MeanWithError.differenceError(ours, theirs),
      degrees: degrees(ours), confidence: Verdict.confidence)
  }

  private var publishedStandardError: Double {
    switch publishedError {
    case .printed(let error, _): error
    case .likeOurs(let runs): deviation / Double(runs).squareRoot()
    }
  }

  private func degrees(_ ours: MeanWithError) -> Double {
    if let firstStage { return Double(firstStage - 1) }
    switch publishedError {
    case .printed(let error, let runs):
      let theirs = MeanWithError(mean: 0, standardError: error, count: runs)
      return MeanWithError.degrees(ours, theirs) ?? Double(ours.count - 1)
    case .likeOurs: return Double(ours.count - 1)
    }
  }

  /// The fewest runs with which the interval has at most this half width, by the spread of a first stage;
  /// nil where the published error alone is wider.
  func runs(halfWidth: Double, firstStage: Int) -> Int? {
    let quantile = StudentT(degrees: Double(firstStage - 1))
      .quantile((1 + Verdict.confidence) / 2)
    let width = halfWidth / quantile
    let left = width * width - publishedStandardError * publishedStandardError
    guard left > 0 else { return nil }
    return Self.whole((deviation * deviation / left).rounded(.up))
  }

  /// A number of runs as a whole number, whatever its size.
  static func whole(_ runs: Double) -> Int { Int(max(1, min(1e9, runs))) }

  /// The verdict that an interval on one side of the margin allows; nil where it lies on both.
  func settled(by interval: MeanInterval) -> Verdict? {
    // Means of two decimals may lie on the margin itself: what a rounding decides is no difference.
    let margin = margin + 1e-9
    if interval.lower >= -margin, interval.upper <= margin { return .reproduced }
    if interval.lower > margin { return direction == .largerIsBetter ? .better : .worse }
    if interval.upper < -margin { return direction == .smallerIsBetter ? .better : .worse }
    return nil
  }

  /// The fewest further runs with which the interval would settle it; nil if no number would.
  func furtherRuns(after count: Int) -> Int? {
    func isSettled(_ runs: Int) -> Bool { settled(by: interval(runs: runs)) != nil }
    var low = count
    var high = count + 1
    while !isSettled(high) {
      guard high < Self.unlimited else { return nil }
      (low, high) = (high, min(Self.unlimited, 2 * high))
    }
    // The interval narrows with every run, so what settles it once settles it from there on.
    while high - low > 1 {
      let middle = (low + high) / 2
      if isSettled(middle) { high = middle } else { low = middle }
    }
    return high - count
  }

  /// As good as any number of runs: our own error is then a three-hundredth of one run's.
  private static let unlimited = 100_000
}

import Study

/// What a result says about the published number beside it. The only place that words verdicts: tables,
/// pages, pictures, the index and the documentation take name and meaning from here.
package enum Verdict: String, CaseIterable, Sendable {
  case reproduced
  case better
  case worse
  case lower
  case higher
  case undecided
  case limitedByPaper = "limited by the paper"
  case notJudged = "not judged"
  case reducedProfile = "reduced profile"
  case altered = "altered study"

  /// What the verdict means: one sentence for a legend.
  package var meaning: String {
    let interval = "the 90 % interval of our mean minus the published one"
    return switch self {
    case .reproduced: "\(interval) lies within the margin on both sides of 0."
    case .better: "\(interval) lies wholly beyond the margin, on the better side."
    case .worse:
      "\(interval) lies wholly beyond the margin, on the worse side (on either side for a number that "
        + "is neither good nor bad)."
    case .lower:
      "our mean is lower than the published one, by less than the margin or about it: \(interval) "
        + "leaves out 0 but not the margin."
    case .higher:
      "our mean is higher than the published one, by less than the margin or about it: \(interval) "
        + "leaves out 0 but not the margin."
    case .undecided:
      "\(interval) holds both 0 and the margin, or fewer than three runs are finite; behind + "
        + "stands how many further runs would settle it if mean and spread stayed as they are (at "
        + "least so many where fewer than three have no spread to go by), and \"near the margin\" where "
        + "no number would unless our mean moves."
    case .limitedByPaper:
      "\(interval) holds both 0 and the margin and would do so with any number of runs of ours, "
        + "because the published number's own error is as wide as the margin."
    case .notJudged:
      "the study has fewer than three runs of this cell by its own protocol, or the cell sums up "
        + "runs of different settings, whose spread is not that of repetitions."
    case .reducedProfile: "the study is smaller than the paper's, or on other data."
    case .altered: "the study was altered on the command line."
    }
  }

  /// What it means of the place where an error is lowest; nil for what is never said of one, or means
  /// the same.
  package var meaningOfPlace: String? {
    switch self {
    case .reproduced:
      "no other place has a lower mean test error than the paper's; the tests of the places say how "
        + "sure that is."
    case .worse:
      "another place has a lower test error than the paper's by a paired test, with Holm's adjusted p "
        + "for all places below 5 %."
    case .undecided:
      "another place has a lower mean test error than the paper's but no test says so, or a place has "
        + "fewer than three finite runs; behind + stands how many further runs would make a test say "
        + "so if mean and spread stayed as they are."
    case .better, .lower, .higher, .limitedByPaper, .notJudged, .reducedProfile, .altered: nil
    }
  }

  /// What it means in a table of this metric.
  package func meaning(of metric: Metric) -> String {
    metric.source == .axis ? meaningOfPlace ?? meaning : meaning
  }

  /// Whether it says anything about the paper's number: the others say why it does not.
  var isJudgement: Bool {
    switch self {
    case .reproduced, .better, .worse, .lower, .higher, .undecided, .limitedByPaper, .notJudged:
      true
    case .reducedProfile, .altered: false
    }
  }

  /// Fewest finite runs that allow a verdict or a test.
  package static let fewestRuns = 3
  /// Confidence of the interval: two one-sided tests at 5 % each.
  package static let confidence = 0.9

  /// What verdicts speak about.
  package static let scope =
    "Verdicts speak about training noise, with one training subset, validation split, test set and "
    + "choice of hyper-parameters, and each about its cell alone: they are not adjusted for the number "
    + "of cells."

  /// How the published number's error enters, what margins are, and what verdicts speak about: what
  /// stands below a legend.
  package static let rule =
    "The published mean's own error enters by the spread that the paper prints and its number of "
    + "runs. Where the paper prints no spread, one that it quotes from elsewhere or one that cannot be "
    + "right, ours stands for it: with n runs of ours and a published number of one run this is a "
    + "prediction interval, s·√(1 + 1/n). The margin is the larger of twice the printed spread and a "
    + "tenth of the published number, for accuracies of what they lack to 100 %, unless the study "
    + "names its own. " + scope

  /// The same where a table shows a place on a grid.
  package static let ruleOfPlaces =
    "A place is judged by means and paired tests over trials alone: there is no interval and no margin."
}

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
        + "stands how many further runs would settle it if mean and spread stayed as they are."
    case .limitedByPaper:
      "no number of further runs of ours would settle it, because the published number's own error "
        + "is too wide for the margin."
    case .notJudged: "the study has fewer than three runs of this cell by its own protocol."
    case .reducedProfile: "the study is smaller than the paper's, or on other data."
    case .altered: "the study was altered on the command line."
    }
  }

  /// Whether it says anything about the paper's number: the others say why it does not.
  var isJudgement: Bool {
    switch self {
    case .reproduced, .better, .worse, .lower, .higher, .undecided, .limitedByPaper, .notJudged:
      true
    case .reducedProfile, .altered: false
    }
  }

  /// Fewest finite runs that allow a verdict.
  package static let fewestRuns = 3
  /// Confidence of the interval: two one-sided tests at 5 % each.
  package static let confidence = 0.9

  /// How the published number's error enters, and what margins are: what stands below a legend.
  package static let rule =
    "The published mean's own error enters by the spread that the paper prints and its number of "
    + "runs. Where the paper prints no spread, ours stands for it: with n runs of ours and a published "
    + "number of one run this is a prediction interval, s·√(1 + 1/n). The margin is the larger of "
    + "twice the printed spread and a tenth of the published error, unless the study names its own."
}

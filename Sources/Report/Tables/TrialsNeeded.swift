import Study

/// How many trials a cell needs by Stein's two-stage rule.
package struct TrialsNeeded: Sendable, Equatable {
  /// What the first trials say.
  package enum Need: Sendable, Equatable {
    /// Trials in all.
    case trials(Int)
    /// Nothing yet: they are not finished.
    case unfinished
    /// No number is sure to do, for this reason.
    case none(Reason)
  }

  /// Why no number of trials is sure to do.
  package enum Reason: String, CaseIterable, Sendable {
    /// The published number's own error is as wide as the margin.
    case limitedByPaper = "limited by the paper"
    /// It is narrower, but so wide that 0 and the margin may both stay within the interval.
    case publishedError = "published error above half the margin"
    /// The spread is not known.
    case diverged = "diverged among the first"
    /// There is no interval that could become narrower.
    case place = "a place on a grid"
  }

  package var row: String
  package var column: String
  /// The sample standard deviation of the first trials; nil where it is not known.
  package var deviation: Double?
  /// The half width that the interval is to have; nil where that is not known.
  package var target: Double?
  /// The verdict by the first trials alone; nil where none is looked for.
  package var verdict: Verdict?
  package var need: Need

  /// Trials in all; nil where no number is known.
  package var trials: Int? {
    switch need {
    case .trials(let count): count
    case .unfinished, .none: nil
    }
  }

  /// What each cell needs, from the first trials alone: later ones must not have a say, and neither must
  /// the means of the first. Empty where nothing is judged.
  package static func cells(
    _ study: StudySpec, _ records: [RunRecord], by rule: StoppingRule
  ) -> [TrialsNeeded] {
    var first = study
    first.stopping = rule
    let table = ResultTable(
      study: first,
      records: records.filter { $0.stage != .final || $0.trial <= StoppingRule.firstStage })
    switch rule {
    case .verdict:
      return table.sections.filter(\.isJudged).flatMap { section in
        section.lines.filter { $0.selection == section.selection }.compactMap(\.neededForVerdict)
      }
    case .halfWidth(let width):
      // What tables show first: other metrics have other units.
      return table.groups.compactMap { table.line(of: $0)?.line.needed(halfWidth: width) }
    }
  }

  /// Trials in all: the most that a cell needs, the first stage at least and the study's number at most;
  /// nil while the first stage is not finished.
  package static func count(
    _ study: StudySpec, _ records: [RunRecord], by rule: StoppingRule
  ) -> Int? {
    let cells = cells(study, records, by: rule)
    guard !cells.isEmpty, !cells.contains(where: { $0.need == .unfinished }) else { return nil }
    return min(study.trials, most(cells))
  }

  /// The most trials that a cell needs, and the first stage at least.
  package static func most(_ cells: [TrialsNeeded]) -> Int {
    max(StoppingRule.firstStage, cells.compactMap(\.trials).max() ?? 0)
  }
}

extension ResultLine {
  private func needing(
    _ need: TrialsNeeded.Need, deviation: Double? = nil, target: Double? = nil
  ) -> TrialsNeeded {
    TrialsNeeded(
      row: row, column: column, deviation: deviation, target: target, verdict: judgement?.verdict,
      need: need)
  }

  /// Why the spread of the first trials is not known; nil where it is.
  private var withoutSpread: TrialsNeeded.Need? {
    if count + diverged < StoppingRule.firstStage { return .unfinished }
    if metric.source == .axis { return .none(.place) }
    return values.count < StoppingRule.firstStage ? .none(.diverged) : nil
  }

  fileprivate func needed(halfWidth: Double) -> TrialsNeeded? {
    if let withoutSpread { return needing(withoutSpread) }
    let errors = values.keys.sorted().compactMap { values[$0] }
    guard let deviation = Statistics.sampleDeviation(errors) else { return nil }
    let quantile = StudentT(degrees: Double(errors.count - 1)).quantile(0.975)
    let ratio = quantile * deviation / halfWidth
    return needing(
      .trials(Outlook.whole((ratio * ratio).rounded(.up))), deviation: deviation,
      target: halfWidth)
  }

  /// An interval that is no wider than the margin cannot hold both 0 and the margin.
  fileprivate var neededForVerdict: TrialsNeeded? {
    guard publishedMean != nil else { return nil }
    if judgement?.verdict == .notJudged { return nil }
    if let withoutSpread { return needing(withoutSpread) }
    guard let judgement, let outlook = judgement.outlook, let margin = judgement.margin else {
      return nil
    }
    let first = StoppingRule.firstStage
    let need: TrialsNeeded.Need =
      if let trials = outlook.runs(halfWidth: margin / 2, firstStage: first) {
        .trials(max(first, trials))
      } else if outlook.runs(halfWidth: margin, firstStage: first) == nil {
        .none(.limitedByPaper)
      } else {
        .none(.publishedError)
      }
    return needing(need, deviation: outlook.deviation, target: margin / 2)
  }
}

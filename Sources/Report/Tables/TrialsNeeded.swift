import Study

/// How many trials a cell needs by Stein's two-stage rule.
package struct TrialsNeeded: Sendable, Equatable {
  package var row: String
  package var column: String
  /// The sample standard deviation of the first trials.
  package var deviation: Double
  /// The half width that the interval is to have.
  package var target: Double
  /// Trials in all; nil where the published number's own error leaves no number that would do.
  package var trials: Int?

  /// What each cell needs, from the first trials alone: later ones must not have a say. Empty while these
  /// are not finished, and where nothing is judged.
  package static func cells(
    _ study: StudySpec, _ records: [RunRecord], by rule: StoppingRule
  ) -> [TrialsNeeded] {
    var first = study
    first.stopping = nil
    let table = ResultTable(
      study: first,
      records: records.filter { $0.stage != .final || $0.trial <= StoppingRule.firstStage })
    switch rule {
    case .verdict:
      return table.sections.flatMap { section in
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
    guard !cells.isEmpty else { return nil }
    let most = cells.compactMap(\.trials).max() ?? 0
    return min(study.trials, max(StoppingRule.firstStage, most))
  }
}

extension ResultLine {
  private func needed(_ deviation: Double, _ target: Double, _ trials: Int?) -> TrialsNeeded {
    TrialsNeeded(row: row, column: column, deviation: deviation, target: target, trials: trials)
  }

  fileprivate func needed(halfWidth: Double) -> TrialsNeeded? {
    let errors = values.keys.sorted().compactMap { values[$0] }
    guard errors.count >= StoppingRule.firstStage,
      let deviation = Statistics.sampleDeviation(errors)
    else { return nil }
    let quantile = StudentT(degrees: Double(errors.count - 1)).quantile(0.975)
    let ratio = quantile * deviation / halfWidth
    return needed(deviation, halfWidth, Outlook.whole((ratio * ratio).rounded(.up)))
  }

  /// An interval that is no wider than the margin cannot hold both 0 and the margin.
  fileprivate var neededForVerdict: TrialsNeeded? {
    guard let judgement, let outlook = judgement.outlook, let margin = judgement.margin else {
      return nil
    }
    return needed(
      outlook.deviation, margin / 2,
      outlook.runs(halfWidth: margin / 2, firstStage: StoppingRule.firstStage))
  }
}

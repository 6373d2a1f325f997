import Canonical

/// On which images, and by which evaluation of a candidate's training, hyper-parameters are chosen:
/// `"selectOn"` of a study. It changes which runs follow, but no run's id.
package enum SelectionCriterion: String, CaseIterable, Sendable {
  /// The validation error after the last update.
  case validation
  /// The lowest validation error of the training.
  case lowestValidation
  /// The test error after the last update: an oracle, which needs `"oracle": true`.
  case test

  /// What a candidate is compared by, in per cent: lower is better, a diverged run loses against
  /// every other.
  package func error(of record: RunRecord) -> Double {
    let error: Double? =
      switch self {
      case .validation: record.validationErrorLast
      case .lowestValidation: record.bestValidationError
      case .test: record.testErrorLast
      }
    guard !record.diverged, let error, error.isFinite else { return .infinity }
    return error
  }
}

/// How an arm chooses among its candidates where the lowest error is not what is asked for:
/// `{"select": […], "by": "sparsity", "notWorseThan": "L1 baseline"}` takes the candidate with the
/// largest measured sparsity whose error is not above that of what the other arm chose.
struct SelectionRule: Sendable {
  /// The measure whose largest value wins.
  let measure: String
  /// The arm whose error bounds the candidates'; nil for no bound.
  let notWorseThan: JSONValue?
  /// Where the rule stands.
  let location: SourceLocation

  /// The measures that a choice can go by.
  static let measures = ["sparsity"]

  /// The place of the winner among the candidates' records, the earlier of equals; nil where no
  /// candidate is admitted.
  func winner(
    among records: [RunRecord], _ criterion: SelectionCriterion, bound: Double?
  ) -> Int? {
    var best: (index: Int, value: Double)?
    for (index, record) in records.enumerated() {
      let error = criterion.error(of: record)
      guard error.isFinite, error <= bound ?? .infinity,
        let value = record.measures.first(where: { $0.name == measure })?.value, value.isFinite
      else { continue }
      if best.map({ value > $0.value }) ?? true { best = (index, value) }
    }
    return best?.index
  }
}

extension CellTemplate {
  /// The template's own rule, if a selection has one.
  var rule: SelectionRule? { selections.lazy.compactMap(\.rule).first }

  /// The template whose choice bounds this one's candidates, at the same combination of the axes.
  func bound(among templates: [CellTemplate]) -> CellTemplate? {
    guard let name = rule?.notWorseThan?.stringValue else { return nil }
    return templates.first { $0.armName == name && $0.axes == axes }
  }

  /// The templates whose choices must be known before this one's.
  func dependencies(among templates: [CellTemplate]) -> [CellTemplate] {
    selections.compactMap { $0.target(among: templates, beside: self)?.template }
      + [bound(among: templates)].compactMap { $0 }
  }
}

import Canonical

/// What was chosen for one arm at one combination of the axes.
package struct Selected: Sendable, Equatable {
  /// The arm's name.
  package let arm: String
  /// The axes' values.
  package let axes: [AxisValue]
  /// The chosen values, in written order.
  package let hyperparameters: [Hyperparameter]
  /// The validation error, in per cent, that chose them; nil where there was nothing to compare.
  package let validationError: Double?
  /// How many candidates were compared.
  package let candidates: Int
}

/// How far the selection of one arm at one combination is.
enum SelectionOutcome {
  /// Another arm has to choose first.
  case waiting
  /// These candidates are not trained yet.
  case open([Cell])
  /// Chosen; `values` close the template's selections.
  case settled(Selected, values: [JSONValue])
}

/// Follows the selections of a study through the finished runs.
struct SelectionProgress {
  let study: StudySpec
  /// The finished runs by id.
  var finished: [String: RunRecord]
  let identify: (Cell) -> String
  private var known: [String: SelectionOutcome] = [:]

  init(
    _ study: StudySpec, finished: [String: RunRecord], identify: @escaping (Cell) -> String
  ) {
    self.study = study
    self.finished = finished
    self.identify = identify
  }

  /// Looks again at a template that was not settled when it was looked at last.
  mutating func revisit(_ template: CellTemplate) -> SelectionOutcome {
    if case .settled = known[template.key] {} else { known[template.key] = nil }
    return outcome(template)
  }

  /// How far a template's selection is; a template without one is settled.
  mutating func outcome(_ template: CellTemplate) -> SelectionOutcome {
    let key = template.key
    if let outcome = known[key] { return outcome }
    let outcome = look(at: template)
    known[key] = outcome
    return outcome
  }

  private mutating func look(at template: CellTemplate) -> SelectionOutcome {
    var bases: [Double?] = []
    for selection in template.selections {
      guard let target = selection.target(among: study.templates, beside: template) else {
        bases.append(nil)
        continue
      }
      guard case .settled(_, let chosen) = outcome(target.template) else { return .waiting }
      bases.append(target.template.hyperparameter(target.name, closedBy: chosen))
    }
    var bound: Double?
    if let other = template.bound(among: study.templates) {
      guard case .settled(let chosen, _) = outcome(other) else { return .waiting }
      bound = chosen.validationError
    }
    let candidates = template.candidates(bases: bases)
    guard candidates.count > 1 else {
      let only = candidates.first ?? []
      return .settled(selected(template, only, error: nil, of: candidates.count), values: only)
    }
    return compare(template, candidates, bound: bound)
  }

  /// The lowest error by the study's criterion wins, the earlier of equals; a diverged candidate
  /// loses against every other. A rule of the arm's own comes first where it admits a candidate.
  private func compare(
    _ template: CellTemplate, _ candidates: [[JSONValue]], bound: Double?
  ) -> SelectionOutcome {
    var open: [Cell] = []
    var records: [RunRecord] = []
    for (index, values) in candidates.enumerated() {
      let cell = study.cache.cell(
        template, .selection(candidate: index), trial: 0, seed: study.seed, values: values)
      guard let record = finished[identify(cell)] else {
        open.append(cell)
        continue
      }
      records.append(record)
    }
    guard open.isEmpty else { return .open(open) }
    let errors = records.map(study.selectOn.error)
    let lowest = errors.indices.reduce(0) { errors[$1] < errors[$0] ? $1 : $0 }
    let best = template.rule?.winner(among: records, study.selectOn, bound: bound) ?? lowest
    let error = errors[best].isFinite ? errors[best] : nil
    return .settled(
      selected(template, candidates[best], error: error, of: candidates.count),
      values: candidates[best])
  }

  private func selected(
    _ template: CellTemplate, _ values: [JSONValue], error: Double?, of count: Int
  ) -> Selected {
    let hyperparameters = zip(template.selections, values).compactMap { selection, value in
      value.doubleValue.map { Hyperparameter(name: selection.name, value: $0) }
    }
    return Selected(
      arm: template.armName, axes: template.axes, hyperparameters: hyperparameters,
      validationError: error, candidates: count)
  }
}

extension CellTemplate {
  /// Names the template within its study.
  var key: String { Self.key(arm: armName, axes: axes) }

  static func key(arm: String, axes: [AxisValue]) -> String {
    ([arm] + axes.map(\.value)).joined(separator: "\u{1F}")
  }
}

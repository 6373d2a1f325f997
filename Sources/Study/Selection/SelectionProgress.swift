import Canonical

/// How far the selection of one arm at one combination is.
enum SelectionOutcome {
  /// Another arm has to choose first.
  case waiting
  /// These candidates are not trained yet.
  case open([Cell])
  /// Chosen: `values` close the template's selections. The error, in per cent, is that of the winner;
  /// nil where there was nothing to compare.
  case settled(values: [JSONValue], error: Double?)
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
      guard case .settled(let chosen, _) = outcome(target.template) else { return .waiting }
      bases.append(target.template.hyperparameter(target.name, closedBy: chosen))
    }
    var bound: Double?
    if let other = template.bound(among: study.templates) {
      guard case .settled(_, let error) = outcome(other) else { return .waiting }
      bound = error
    }
    let candidates = template.candidates(bases: bases)
    guard candidates.count > 1 else {
      return .settled(values: candidates.first ?? [], error: nil)
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
    return .settled(
      values: candidates[best], error: errors[best].isFinite ? errors[best] : nil)
  }
}

extension CellTemplate {
  /// Names the template within its study.
  var key: String { Self.key(arm: armName, axes: axes) }

  static func key(arm: String, axes: [AxisValue]) -> String {
    ([arm] + axes.map(\.value)).joined(separator: "\u{1F}")
  }
}

import Canonical

/// Runs of one stage, counted before it is known which they are.
package struct PlannedRuns: Sendable {
  /// One of the runs: the others take the same data, network and updates.
  package let example: Cell
  /// How many there are, at most.
  package let count: Int

  /// `selection of Dropout`, or `final`.
  package var stage: String { example.stageName }
  /// Whether they are for the table.
  package var isFinal: Bool { example.stage == .final }
}

extension Cell {
  package var stageName: String { stage.name(arm: arm) }
}

extension Cell.Stage {
  /// The stage as plans name it: `selection of Dropout`, or `final`.
  package func name(arm: String) -> String {
    switch self {
    case .selection: "selection of \(arm)"
    case .final: "final"
    }
  }
}

extension StudySpec {
  /// The runs that can start now and are not finished, in the order in which they should: selection
  /// in the order of dependency, then final runs trial by trial, so that all rows of a table grow
  /// evenly. `identify` gives a cell's id.
  package func next(
    finished: [String: RunRecord], identify: @escaping (Cell) -> String
  ) -> [Cell] {
    var progress = SelectionProgress(self, finished: finished, identify: identify)
    var selection: [Cell] = []
    var settled: [(template: CellTemplate, values: [JSONValue])] = []
    for template in needed {
      switch progress.outcome(template) {
      case .waiting: continue
      case .open(let cells): selection += cells
      case .settled(_, let values):
        if only.matches(arm: template.armName, axes: template.axes) {
          settled.append((template, values))
        }
      }
    }
    settled.sort { $0.template.order < $1.template.order }
    let final = (1...trials).flatMap { trial in
      settled.map { cache.cell($0.template, .final, trial: trial, seed: seed, values: $0.values) }
    }
    return selection + final.filter { finished[identify($0)] == nil }
  }

  /// What was selected so far, in the order of the config.
  package func selections(
    finished: [String: RunRecord], identify: @escaping (Cell) -> String
  ) -> [Selected] {
    var progress = SelectionProgress(self, finished: finished, identify: identify)
    return needed.sorted { $0.order < $1.order }.compactMap { template in
      guard !template.selections.isEmpty,
        case .settled(let selected, _) = progress.outcome(template)
      else { return nil }
      return selected
    }
  }

  /// All runs of the study by stage and row, at most: offsets may leave candidates out.
  package var upperBound: [PlannedRuns] { remaining(finished: [:]) { _ in "" } }

  /// The runs that are not finished, by stage and row. Where a selection still waits for another,
  /// the count is an upper bound.
  package func remaining(
    finished: [String: RunRecord], identify: @escaping (Cell) -> String
  ) -> [PlannedRuns] {
    var progress = SelectionProgress(self, finished: finished, identify: identify)
    var selection: [PlannedRuns] = []
    var final: [PlannedRuns] = []
    for template in needed {
      var open = trials
      var example = self.example(of: template, .final, trial: 1)
      switch progress.outcome(template) {
      case .waiting:
        let candidate = self.example(of: template, .selection(candidate: 0), trial: 0)
        selection.append(
          PlannedRuns(example: candidate, count: template.candidateLimit))
      case .open(let cells):
        selection.append(PlannedRuns(example: cells[0], count: cells.count))
      case .settled(_, let values):
        let cells = (1...trials).map {
          cache.cell(template, .final, trial: $0, seed: seed, values: values)
        }.filter { finished[identify($0)] == nil }
        open = cells.count
        example = cells.first ?? example
      }
      if open > 0, only.matches(arm: template.armName, axes: template.axes) {
        final.append(PlannedRuns(example: example, count: open))
      }
    }
    return selection + final
  }

  /// A cell of the template whatever will be selected.
  func example(of template: CellTemplate, _ stage: Cell.Stage, trial: Int) -> Cell {
    let values = template.selections.map { selection in
      selection.candidates(base: 0.5, n: template.n).first ?? .number(0.5)
    }
    return cache.cell(template, stage, trial: trial, seed: seed, values: values)
  }

  /// The asked templates and those whose choice they depend on, dependencies first; otherwise in the
  /// order of the config.
  var needed: [CellTemplate] {
    var depths: [String: Int] = [:]
    func add(_ template: CellTemplate) -> Int {
      if let depth = depths[template.key] { return depth }
      // Loading has made sure that no arm waits for itself.
      let depth = template.dependencies(among: templates).map { add($0) + 1 }.max() ?? 0
      depths[template.key] = depth
      return depth
    }
    for template in asked { _ = add(template) }
    return templates.filter { depths[$0.key] != nil }.sorted { a, b in
      (depths[a.key] ?? 0, a.order) < (depths[b.key] ?? 0, b.order)
    }
  }
}

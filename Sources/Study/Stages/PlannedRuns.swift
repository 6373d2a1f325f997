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
  /// All runs of the study by stage and row, at most: offsets may leave candidates out.
  package var upperBound: [PlannedRuns] {
    var progress = SelectionProgress(self, finished: [:]) { _ in "" }
    var selection: [PlannedRuns] = []
    var final: [PlannedRuns] = []
    let asked = Set(asked.map(\.order))
    for template in needed {
      var example = example(of: template, .final, trial: 1)
      switch progress.outcome(template) {
      case .waiting where template.selectionLimit > 0:
        let candidate = self.example(of: template, .selection(candidate: 0), trial: 0)
        selection.append(PlannedRuns(example: candidate, count: template.selectionLimit))
      case .waiting: break
      case .open(let cells): selection.append(PlannedRuns(example: cells[0], count: cells.count))
      case .settled(let values, _):
        example = cache.cell(template, .final, trial: 1, seed: seed, values: values)
      }
      if asked.contains(template.order) {
        final.append(PlannedRuns(example: example, count: trials))
      }
    }
    return selection + final
  }

  /// The arms that select something which an arm's candidates are relative to, in the order of the
  /// config.
  package func armsChosen(before arm: String) -> [String] {
    let chosen = asked.filter { $0.armName == arm }.flatMap { template in
      template.selections.compactMap { $0.target(among: templates, beside: template)?.template }
    }.filter { $0.selectionLimit > 0 }.map(\.armName)
    return arms.map(\.name).filter { $0 != arm && chosen.contains($0) }
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

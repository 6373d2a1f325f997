import Canonical
import Study

/// The candidates among which the hyper-parameters of one row of runs were chosen.
package struct SelectionGrid: Sendable, Equatable {
  /// One of them.
  package struct Candidate: Sendable, Equatable {
    /// The run's id.
    package var id: String
    /// The values.
    package var hyperparameters: [Hyperparameter]
    /// What the candidates were compared by, in per cent; nil where it diverged.
    package var error: Double?
    /// The candidate's test error after the last update, in per cent: it plays no part in the choice.
    package var testError: Double?
    /// Whether the table's runs use it.
    package var isChosen: Bool
    /// `drop=0.4, c=0.1`.
    package var text: String { hyperparameters.map(\.text).joined(separator: ", ") }
  }

  /// The arm's name.
  package var arm: String
  /// The axes' values.
  package var axes: [AxisValue]
  /// By their values.
  package var candidates: [Candidate]
  /// Whether all have run, since one is chosen.
  package var isFinished: Bool { chosen != nil }

  /// Takes the runs of a group's candidates.
  init(_ records: [RunRecord], of group: ResultGroup, selectOn: SelectionCriterion) {
    arm = group.arm
    axes = group.axes
    candidates =
      records.map { record in
        let error = selectOn.error(of: record)
        return Candidate(
          id: record.id, hyperparameters: record.hyperparameters,
          error: error.isFinite ? error : nil,
          testError: record.diverged ? nil : record.testErrorLast,
          isChosen: record.hyperparameters == group.hyperparameters)
      }
      .sorted { a, b in
        let (x, y) = (a.hyperparameters.map(\.value), b.hyperparameters.map(\.value))
        return x == y ? a.id < b.id : x.lexicographicallyPrecedes(y)
      }
  }

  package var chosen: Candidate? { candidates.first(where: \.isChosen) }

  /// The lowest error among the others.
  package var nextBest: Double? { candidates.filter { !$0.isChosen }.compactMap(\.error).min() }

  /// The names of hyper-parameters whose chosen value is the smallest or largest that was tried: the
  /// best value may lie beyond.
  package var namesAtEdge: [String] {
    guard let chosen else { return [] }
    return chosen.hyperparameters.indices.compactMap { index in
      let values = candidates.compactMap { candidate in
        candidate.hyperparameters.indices.contains(index)
          ? candidate.hyperparameters[index].value : nil
      }
      guard let least = values.min(), let most = values.max(), least < most else { return nil }
      let value = chosen.hyperparameters[index].value
      return value == least || value == most ? chosen.hyperparameters[index].name : nil
    }
  }
}

extension ResultTable {
  /// The candidates of a group; nil if there are none.
  func candidates(of group: ResultGroup) -> SelectionGrid? {
    candidates.first { $0.arm == group.arm && $0.axes == group.axes }
  }

  /// How many candidates each arm tried for a row of a table, in a sentence: what its numbers cost
  /// beside the runs shown. Nil where nothing of the table is selected yet.
  func tuningRemark(of section: ResultSection) -> String? {
    let rows = Set(section.lines.flatMap(\.studyRows))
    let grids = candidates.filter { rows.contains(StudyRow(arm: $0.arm, axes: $0.axes)) }
    guard !grids.isEmpty else { return nil }
    let selecting = Set(study.upperBound.filter { !$0.isFinal }.map(\.example.arm))
    let arms = study.arms.map(\.name).filter { arm in rows.contains { $0.arm == arm } }
    let parts = arms.map { arm -> String in
      if !selecting.contains(arm) { return "\(arm) none" }
      // Offsets that lead out of a rate's range are left out, which is known when the choice is made.
      let counts = grids.filter { $0.arm == arm && $0.isFinished }.map(\.candidates.count)
      guard let least = counts.min(), let most = counts.max() else { return "\(arm) unfinished" }
      let count = least == most ? "\(arm) \(most)" : "\(arm) \(least) to \(most)"
      return ([count] + earlierChoices(of: arm, grids)).joined(separator: ", after ")
    }
    return "Candidates tried for each cell: \(parts.joined(separator: "; "))."
  }

  /// The searches whose outcome an arm's candidates start from: `Dropout's 10`.
  func earlierChoices(of arm: String, _ grids: [SelectionGrid]) -> [String] {
    study.armsChosen(before: arm).compactMap { other in
      let most = grids.filter { $0.arm == other && $0.isFinished }.map(\.candidates.count).max()
      return most.map { "\(other)'s \($0)" }
    }
  }

  /// Costs of a support vector machine that were chosen at the edge of what was tried, in a sentence.
  var costRemark: String? {
    let chosen = groups.flatMap { group in
      group.runs.compactMap { group.value(of: .svmCost, .last, in: $0) }.map { (group.costs, $0) }
    }
    let edge = chosen.count { $0.isAtEdge($1) }
    guard edge > 0 else { return nil }
    return "The cost of the support vector machine is at the edge of what was tried in \(edge) of "
      + "\(chosen.count) runs: a better one may lie beyond."
  }

  /// What the grid below it shows.
  package var selectionExplanation: String {
    "Errors in percent \(study.selectOn.label), one run for each candidate; "
      + "`regbench table --explain` lists all candidates of a row. A value at the edge of what was "
      + "tried may not be the best one."
  }

  /// What was chosen among what, a line for each row of runs; nil if nothing was chosen.
  var selectionTable: Table? {
    let grids = candidates
    guard let first = grids.first else { return nil }
    func percent(_ value: Double?) -> String {
      value.map { DecimalText.fixed($0, decimals: 2) } ?? ResultLine.nothing
    }
    return Table(
      caption: "What was chosen, and among how many candidates",
      header: first.axes.map { study.axisTitle($0.key) } + [
        "arm", "candidates", "chosen", study.selectOn.errorName, "next best", "at the edge",
      ],
      rows: grids.map { grid in
        let edge = grid.namesAtEdge.joined(separator: ", ")
        let chosen = grid.chosen.map {
          $0.hyperparameters.map { "\($0.name)=\(Self.hyperparameterText($0.value))" }
            .joined(separator: ", ")
        }
        return grid.axes.map(\.value) + [
          grid.arm, String(grid.candidates.count), chosen ?? ResultLine.nothing,
          percent(grid.chosen?.error), percent(grid.nextBest),
          edge.isEmpty ? ResultLine.nothing : edge,
        ]
      }, words: Self.wordColumns(grids.map(\.axes)).union([0, 2, 5].map { first.axes.count + $0 }))
  }
}

extension SelectionCriterion {
  /// The error that is compared, as a column's heading.
  var errorName: String {
    switch self {
    case .validation: "validation error"
    case .lowestValidation: "lowest validation error"
    case .test: "test error"
    }
  }

  /// Which errors are compared, in words.
  var label: String {
    switch self {
    case .validation: "on the validation images after the last update"
    case .lowestValidation: "on the validation images where it was lowest"
    case .test: "on the test images after the last update (oracle)"
    }
  }
}

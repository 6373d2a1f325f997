import Canonical

/// The runs of a study by their ids: which are finished, which can start, how many are missing. It is
/// kept up to date run by run, at a cost that does not grow with the study.
package final class StudyAgenda {
  /// A run's place in the study.
  package struct Run: Sendable {
    /// The number of its row: one arm at one combination of the axes, in the order of the config.
    package let row: Int
    package let stage: Cell.Stage
    /// 0 for selection, 1…n for final runs.
    package let trial: Int
    /// The place of its row in the order in which rows can be selected.
    let order: Int

    /// Its place in the order of work: selection in the order of dependency, then final runs trial by
    /// trial, so that all rows of a table grow evenly.
    package var workOrder: [Int] {
      switch stage {
      case .selection(let candidate): [0, order, candidate]
      case .final: [1, trial, row]
      }
    }
  }

  private enum Selection {
    /// Another row has to choose first.
    case waiting
    /// So many candidates are not trained yet.
    case open(Int)
    case settled(FinalCells)
  }

  private struct Row {
    let template: CellTemplate
    /// The place in the order of dependency.
    let order: Int
    /// Final runs that the table has of it.
    let trials: Int
    /// Rows whose selection waits for this one's.
    var dependents: [Int] = []
    var selection = Selection.waiting
    /// Final runs that are not finished.
    var openTrials: Int

    /// Runs that are missing, at most: offsets may leave candidates out.
    var missing: (selection: Int, final: Int) {
      switch selection {
      case .waiting: (template.selectionLimit, openTrials)
      case .open(let count): (count, openTrials)
      case .settled: (0, openTrials)
      }
    }
  }

  /// Candidates that the selection has asked for.
  private final class Candidates {
    var cells: [String: Cell] = [:]
    var added: [String] = []
  }

  package let study: StudySpec
  package let ids: RunIDs
  private var rows: [Int: Row] = [:]
  private var progress: SelectionProgress
  private let candidates: Candidates
  private var rowNumbers: [String: Int] = [:]
  private var known: [String: Run] = [:]
  private var opened: [(id: String, run: Run)] = []
  private var changedRows: [Int] = []
  private var finishedByTrial: [Int: Int] = [:]

  /// How many runs are missing, at most.
  package private(set) var missingCount = 0
  /// How many runs of the study are finished.
  package private(set) var finishedCount = 0

  /// - Parameter records: finished runs, of this study or not.
  package init(_ study: StudySpec, ids: RunIDs, records: [RunRecord]) {
    self.study = study
    self.ids = ids
    let candidates = Candidates()
    self.candidates = candidates
    let finished = Dictionary(records.map { ($0.id, $0) }) { _, later in later }
    progress = SelectionProgress(study, finished: finished) { cell in
      let id = ids.id(of: cell)
      if candidates.cells.updateValue(cell, forKey: id) == nil { candidates.added.append(id) }
      return id
    }
    let asked = Set(study.asked.map(\.order))
    let needed = study.needed
    for (order, template) in needed.enumerated() {
      let trials = asked.contains(template.order) ? study.trials : 0
      let row = Row(template: template, order: order, trials: trials, openTrials: trials)
      missingCount += row.missing.selection + row.missing.final
      rows[template.order] = row
      rowNumbers[template.key] = template.order
    }
    for template in needed {
      for other in template.dependencies(among: study.templates) {
        rows[other.order]?.dependents.append(template.order)
      }
    }
    for template in needed { visit(template.order) }
  }

  // MARK: - Taking in what is finished

  /// Takes in a finished run, of this study or not.
  package func add(_ record: RunRecord) {
    guard progress.finished.updateValue(record, forKey: record.id) == nil,
      let run = known[record.id]
    else { return }
    countFinished(run)
    switch run.stage {
    case .final: change(run.row) { $0.openTrials -= 1 }
    case .selection:
      guard case .open(let count) = rows[run.row]?.selection else { return }
      change(run.row) { $0.selection = .open(count - 1) }
      if count == 1 { visit(run.row) }
    }
  }

  /// Looks how far a row's selection is, and those that wait for it.
  private func visit(_ number: Int) {
    guard let row = rows[number] else { return }
    if case .settled = row.selection { return }
    let outcome = progress.revisit(row.template)
    noteCandidates()
    switch outcome {
    case .waiting: return
    case .open(let cells): change(number) { $0.selection = .open(cells.count) }
    case .settled(let values, _):
      let final = FinalCells(row.template, seed: study.seed, values: values)
      let trials = row.trials > 0 ? Array(1...row.trials) : []
      var open = 0
      for trial in trials {
        let id = final.id(trial: trial, ids)
        let run = Run(row: number, stage: .final, trial: trial, order: row.order)
        known[id] = run
        if progress.finished[id] != nil {
          countFinished(run)
        } else {
          open += 1
          opened.append((id, run))
        }
      }
      change(number) {
        $0.selection = .settled(final)
        $0.openTrials = open
      }
      for dependent in row.dependents { visit(dependent) }
    }
  }

  private func noteCandidates() {
    for id in candidates.added {
      guard let cell = candidates.cells[id], let number = rowNumbers[cell.rowKey],
        let row = rows[number]
      else { continue }
      let run = Run(row: number, stage: cell.stage, trial: 0, order: row.order)
      known[id] = run
      if progress.finished[id] != nil {
        countFinished(run)
      } else {
        opened.append((id, run))
      }
    }
    candidates.added = []
  }

  private func countFinished(_ run: Run) {
    finishedCount += 1
    if run.stage == .final { finishedByTrial[run.trial, default: 0] += 1 }
  }

  private func change(_ number: Int, _ body: (inout Row) -> Void) {
    guard var row = rows.removeValue(forKey: number) else { return }
    missingCount -= row.missing.selection + row.missing.final
    body(&row)
    missingCount += row.missing.selection + row.missing.final
    rows[number] = row
    changedRows.append(number)
  }

  // MARK: - Questions

  /// Numbers of the rows of which more or fewer runs are missing than at the last call.
  package func takeChangedRows() -> [Int] {
    defer { changedRows = [] }
    return changedRows
  }

  /// The runs that can start since the last call, in the order of work.
  package func takeOpened() -> [(id: String, run: Run)] {
    defer { opened = [] }
    return opened.map { (place: $0.run.workOrder, entry: $0) }
      .sorted { $0.place.lexicographicallyPrecedes($1.place) }.map(\.entry)
  }

  /// The place of a run; nil if it is not one of the study, as far as that is known.
  package func run(_ id: String) -> Run? { known[id] }

  package func isFinished(_ id: String) -> Bool { progress.finished[id] != nil }

  /// The cell of a run; nil if it is not one of the study, as far as that is known.
  package func cell(_ id: String) -> Cell? {
    guard let run = known[id] else { return nil }
    guard case .settled(let final) = rows[run.row]?.selection, run.stage == .final else {
      return candidates.cells[id]
    }
    return final.cell(trial: run.trial)
  }

  /// Known runs in the order of runs.csv, which does not depend on when they were finished: stage, axes,
  /// arm, candidate, trial.
  package func ordered(_ ids: some Sequence<String>) -> [String] {
    func rank(_ run: Run) -> [Int] {
      switch run.stage {
      case .selection(let candidate): [0, run.row, candidate]
      case .final: [1, run.row, run.trial]
      }
    }
    return ids.compactMap { id in known[id].map { (rank: rank($0), id: id) } }
      .sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.id)
  }

  /// How many trials, from the first on without a gap, every row of the tables has finished.
  package var completeTrials: Int {
    let asked = study.asked.count
    var trial = 0
    while trial < study.trials, finishedByTrial[trial + 1] == asked { trial += 1 }
    return trial
  }

  /// The numbers of the rows, in the order of dependency.
  package var rowNumbersInOrder: [Int] {
    rows.values.sorted { $0.order < $1.order }.map(\.template.order)
  }

  package func armName(row: Int) -> String { rows[row]?.template.armName ?? "" }

  /// How many runs of a row are missing, at most.
  package func missing(row: Int) -> (selection: Int, final: Int) {
    rows[row]?.missing ?? (0, 0)
  }

  /// How many runs a row has, at most.
  package func wanted(row: Int) -> (selection: Int, final: Int) {
    guard let row = rows[row] else { return (0, 0) }
    return (row.template.selectionLimit, row.trials)
  }

  /// One of a row's runs: the others of its stage take the same data, network and updates.
  package func example(row: Int, isFinal: Bool) -> Cell? {
    guard let row = rows[row] else { return nil }
    return study.example(
      of: row.template, isFinal ? .final : .selection(candidate: 0), trial: isFinal ? 1 : 0)
  }

  /// The runs that are missing, by stage and row, at most.
  package var missingRuns: [PlannedRuns] {
    let numbers = rowNumbersInOrder
    return [false, true].flatMap { isFinal in
      numbers.compactMap { number in
        let missing = missing(row: number)
        let count = isFinal ? missing.final : missing.selection
        guard count > 0, let example = example(row: number, isFinal: isFinal) else { return nil }
        return PlannedRuns(example: example, count: count)
      }
    }
  }

  /// Finished runs of which the record is not that of the cell with its id: the id, and a sentence that
  /// says what differs.
  package var differences: [(id: String, message: String)] {
    ordered(known.keys).compactMap { id in
      guard let run = known[id], let record = progress.finished[id], let row = rows[run.row]
      else { return nil }
      let difference: String?
      if case .settled(let final) = row.selection, run.stage == .final {
        difference = record.difference(
          from: final.example, trial: run.trial, dataDigest: ids.dataDigest(of: final.example))
      } else {
        difference = candidates.cells[id].flatMap {
          record.difference(from: $0, trial: 0, dataDigest: ids.dataDigest(of: $0))
        }
      }
      return difference.map { (id, $0) }
    }
  }
}

extension Cell {
  /// The key of the template that it was made of.
  fileprivate var rowKey: String { CellTemplate.key(arm: arm, axes: axes) }
}

import Study

/// What a call of `run` would do.
package struct StudyPreview: Sendable {
  /// A run, or several of one row that are not known yet, because their hyper-parameters are not.
  package struct Run: Sendable, Equatable {
    /// nil for runs that are not known yet.
    package var id: String?
    package var name: String
    /// How many there are, at most.
    package var count: Int
    /// Seconds of one of them on one thread.
    package var seconds: Double
  }

  /// Runs that are done.
  package var finished: Int
  /// Those of them that would be taken from other folders.
  package var taken: [TakenRuns]
  /// What is missing, in the order in which it would be trained.
  package var runs: [Run]
  /// Cells trained at a time.
  package var jobs: Int
  /// About how long all of them take.
  package var seconds: Double
  /// Whether the times rest on a plan or on finished runs.
  package var isMeasured: Bool
}

extension StudyPreview {
  /// - Parameters:
  ///   - plan: what was measured before; nil where nothing was.
  ///   - cores: threads that work at a time.
  init(
    _ agenda: StudyAgenda, _ costs: StudyCosts, plan: StudyPlan?, taken: [TakenRuns], jobs: Int,
    cores: Int
  ) {
    func seconds(_ cell: Cell) -> Double {
      plan?.row(of: cell)?.seconds ?? costs.model.seconds(CostModel.Work(cell))
    }
    let opened = agenda.takeOpened()
    let known = opened.compactMap { id, _ in
      agenda.cell(id).map { Run(id: id, name: $0.name, count: 1, seconds: seconds($0)) }
    }
    // Rows none of whose runs of a stage has been opened wait for a selection.
    let open = Set(opened.map { Stage(row: $0.run.row, isFinal: $0.run.stage == .final) })
    let waiting = agenda.rowNumbersInOrder.flatMap { row -> [Run] in
      let missing = agenda.missing(row: row)
      return [(false, missing.selection), (true, missing.final)].compactMap { isFinal, count in
        guard count > 0, !open.contains(Stage(row: row, isFinal: isFinal)),
          let cell = agenda.example(row: row, isFinal: isFinal)
        else { return nil }
        let name = Self.rowName(cell) + (isFinal ? ", after its selection" : ", selection")
        return Run(id: nil, name: name, count: count, seconds: seconds(cell))
      }
    }
    finished = agenda.finishedCount
    self.taken = taken
    runs = known + waiting
    self.jobs = jobs
    let all = runs.reduce(0) { $0 + Double($1.count) * $1.seconds }
    self.seconds = max(all / Double(max(1, cores)), runs.map(\.seconds).max() ?? 0)
    isMeasured = plan != nil || costs.isMeasured
  }

  private struct Stage: Hashable {
    let row: Int
    let isFinal: Bool
  }

  private static func rowName(_ cell: Cell) -> String {
    let axes = cell.axes.map { "\(Axis.shortName(of: $0.key))=\($0.value)" }
    return (axes + [cell.arm]).joined(separator: " ")
  }
}

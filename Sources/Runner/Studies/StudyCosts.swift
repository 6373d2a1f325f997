import Study

/// What the runs of a study cost, as far as finished ones tell. Rows whose runs cost the same are counted
/// together, so that asking does not take longer the more rows a study has.
struct StudyCosts {
  /// How long cells take.
  var model = CostModel()
  /// Whether any run of the study has told how fast it is.
  private(set) var isMeasured = false

  private typealias Counts = (selection: Int, final: Int)

  /// What the runs of a row cost.
  private struct Works: Hashable {
    let selection: CostModel.Work
    let final: CostModel.Work
  }

  /// Rows whose runs cost the same.
  private struct Group {
    let works: Works
    var missing: Counts = (0, 0)
    var wanted: Counts = (0, 0)
  }

  /// In the order of the rows.
  private var groups: [Group] = []
  /// The place of each row's group, and how many of the row's runs are in its `missing`.
  private var rows: [Int: (group: Int, missing: Counts)] = [:]

  init(_ agenda: StudyAgenda, _ runs: some Sequence<FinishedRun>) {
    var places: [Works: Int] = [:]
    for row in agenda.rowNumbersInOrder {
      guard let candidate = agenda.example(row: row, isFinal: false),
        let final = agenda.example(row: row, isFinal: true)
      else { continue }
      let works = Works(selection: CostModel.Work(candidate), final: CostModel.Work(final))
      let place = places[works] ?? groups.count
      if place == groups.count {
        places[works] = place
        groups.append(Group(works: works))
      }
      let wanted = agenda.wanted(row: row)
      groups[place].wanted.selection += wanted.selection
      groups[place].wanted.final += wanted.final
      rows[row] = (place, (0, 0))
      countMissing(row, agenda)
    }
    let finished = runs.compactMap { run -> (work: CostModel.Work, timing: RunTiming)? in
      guard let place = agenda.run(run.record.id), let row = rows[place.row] else { return nil }
      let works = groups[row.group].works
      return (place.stage == .final ? works.final : works.selection, run.timing)
    }
    isMeasured = finished.contains { $0.timing.cost.seconds > 0 }
    model.learn(finished)
  }

  /// Counts what is missing of the rows that have changed since the last call.
  mutating func update(_ agenda: StudyAgenda) {
    for row in agenda.takeChangedRows() { countMissing(row, agenda) }
  }

  private mutating func countMissing(_ row: Int, _ agenda: StudyAgenda) {
    guard let (group, before) = rows[row] else { return }
    let now = agenda.missing(row: row)
    groups[group].missing.selection += now.selection - before.selection
    groups[group].missing.final += now.final - before.final
    rows[row]?.missing = now
  }

  /// About how many seconds of one thread the missing runs take.
  var missingSeconds: Double { seconds(\.missing) }

  /// About how many seconds of one thread all runs take.
  var totalSeconds: Double { seconds(\.wanted) }

  private func seconds(_ counts: (Group) -> Counts) -> Double {
    groups.reduce(0) { sum, group in
      let counts = counts(group)
      return sum + Double(counts.selection) * model.seconds(group.works.selection)
        + Double(counts.final) * model.seconds(group.works.final)
    }
  }
}

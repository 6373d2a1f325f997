import Study

/// What the runs of a study cost, row by row, as far as finished ones tell.
struct StudyCosts {
  /// How long cells take.
  var model = CostModel()
  /// Whether any run of the study has told how fast it is.
  private(set) var isMeasured = false
  /// What the runs of each row cost, by its number.
  private let rows: [(row: Int, selection: CostModel.Work, final: CostModel.Work)]

  init(_ agenda: StudyAgenda, _ runs: some Sequence<FinishedRun>) {
    rows = agenda.rowNumbersInOrder.compactMap { row in
      guard let candidate = agenda.example(row: row, isFinal: false),
        let final = agenda.example(row: row, isFinal: true)
      else { return nil }
      return (row, CostModel.Work(candidate), CostModel.Work(final))
    }
    let works = Dictionary(uniqueKeysWithValues: rows.map { ($0.row, $0) })
    for run in runs {
      guard let place = agenda.run(run.record.id), let row = works[place.row] else { continue }
      let cost = run.timing.cost
      isMeasured = isMeasured || cost.seconds > 0
      model.learn(
        place.stage == .final ? row.final : row.selection, seconds: cost.seconds,
        threads: cost.threads)
    }
  }

  /// About how many seconds of one thread the missing runs take.
  func missingSeconds(_ agenda: StudyAgenda) -> Double { seconds(agenda.missing) }

  /// About how many seconds of one thread all runs take.
  func totalSeconds(_ agenda: StudyAgenda) -> Double { seconds(agenda.wanted) }

  private func seconds(_ counts: (Int) -> (selection: Int, final: Int)) -> Double {
    rows.reduce(0) { sum, row in
      let count = counts(row.row)
      guard count.selection + count.final > 0 else { return sum }
      return sum + Double(count.selection) * model.seconds(row.selection)
        + Double(count.final) * model.seconds(row.final)
    }
  }
}

import Canonical
import Study

/// Every run of a study: how many each place of the study has, then a list of them.
struct RunMarkup {
  let study: StudyRecords

  /// Lists longer than this are folded away.
  private static let most = 60

  var markup: String {
    let order = Dictionary(
      study.table.groups.enumerated().map { ($1.row, $0) }
    ) { first, _ in first }
    let known = study.records.compactMap { record in
      order[record.row].map { (place: $0, record: record) }
    }.sorted {
      ($0.place, $0.record.trial, $0.record.id) < ($1.place, $1.record.trial, $1.record.id)
    }.map(\.record)
    let final = known.filter { $0.stage == .final }
    let candidates = known.filter { $0.stage == .selection }
    return progress(final, candidates) + list(final, "final runs", runs(final))
      + list(candidates, "candidates of selection", selection(candidates))
  }

  private func list(_ records: [RunRecord], _ what: String, _ table: String) -> String {
    if records.isEmpty { return "" }
    return records.count > Self.most
      ? HTML.details("All \(DecimalText.grouped(records.count)) \(what)", table) : table
  }

  /// Rows of the axes' values, columns of arms: how many runs are done.
  private func progress(_ final: [RunRecord], _ candidates: [RunRecord]) -> String {
    let wanted = study.study.trials
    let axes = study.table.groups.map(\.axes).unique
    let arms = study.study.arms.map(\.name)
    let done = Dictionary(
      grouping: final.filter { (1...wanted).contains($0.trial) }, by: \.row
    ).mapValues { Set($0.map(\.trial)).count }
    let tried = Dictionary(grouping: candidates, by: \.row).mapValues(\.count)
    let groups = Set(study.table.groups.map(\.row))
    let rows = axes.map { axes -> [HTML.Cell] in
      let name = axes.isEmpty ? "all" : FigureSource.place(axes)
      return [HTML.Cell(name)]
        + arms.map { arm in
          let place = StudyRow(arm: arm, axes: axes)
          guard groups.contains(place) else { return HTML.Cell(ResultLine.nothing) }
          let count = done[place] ?? 0
          let search = tried[place].map {
            "<span class=\"theirs\">\($0) \($0 == 1 ? "candidate" : "candidates")</span>"
          }
          let share = Double(count) / Double(wanted)
          return HTML.Cell(
            markup: "\(count) of \(wanted)" + GlanceMarkup.bar(share) + (search ?? ""))
        }
    }
    return HTML.table(
      header: ["place in the study"] + arms, rows: rows, caption: "Final runs that are done")
  }

  private func runs(_ runs: [RunRecord]) -> String {
    let measures = runs.flatMap { $0.measures.map(\.name) }.unique
    let axes = study.study.axes.map(\.key)
    let header =
      ["run"] + axes.map(ParameterName.short)
      + ["arm", "trial", "error (%)", "at lowest validation error", "lowest"] + measures
      + ["updates", "seconds", "finished", "weights", "core", "build"]
    let rows = runs.map { run -> [HTML.Cell] in
      let errors = [
        run.diverged ? "diverged" : run.testErrorLast.map(percent) ?? ResultLine.nothing,
        run.testErrorAtBestValidation.map {
          "\(percent($0)) (update \(run.bestValidationUpdate ?? 0))"
        } ?? ResultLine.nothing,
        run.bestTestError.map { "\(percent($0)) (update \(run.bestTestUpdate ?? 0))" }
          ?? ResultLine.nothing,
      ]
      let measured = measures.map { name in
        run.measures.first { $0.name == name }.map { TickMarks.label($0.value) }
          ?? ResultLine.nothing
      }
      let timing = study.timings[run.id]
      let rest = [
        DecimalText.grouped(run.updates),
        timing.map { DecimalText.fixed($0.cost.seconds, decimals: 1) } ?? ResultLine.nothing,
        timing?.date ?? ResultLine.nothing, String(run.weightsDigest.prefix(12)), run.openBLASCore,
        run.build,
      ]
      return place(run, axes)
        + ([String(run.trial)] + errors + measured + rest).map { HTML.Cell($0) }
    }
    return HTML.table(
      header: header, rows: rows,
      caption: "Final runs: test errors in percent after the last update, where the validation "
        + "error was lowest, and the lowest", style: "list")
  }

  /// The run's id, which can be linked to, its axes and its arm.
  private func place(_ run: RunRecord, _ axes: [String]) -> [HTML.Cell] {
    let id = HTML.escaped(run.id)
    return [HTML.Cell(markup: "<a id=\"run-\(id)\" href=\"#run-\(id)\">\(id)</a>")]
      + axes.map { key in
        HTML.Cell(run.axes.first { $0.key == key }?.value ?? ResultLine.nothing)
      } + [HTML.Cell(run.arm, isText: true)]
  }

  private func selection(_ candidates: [RunRecord]) -> String {
    let axes = study.study.axes.map(\.key)
    let chosen = Set(study.table.candidates.compactMap(\.chosen?.id))
    let rows = candidates.map { run -> [HTML.Cell] in
      let error = study.study.selectOn.error(of: run)
      let values = run.hyperparameters.map {
        "\($0.name) \(ResultTable.hyperparameterText($0.value))"
      }
      return place(run, axes) + [
        HTML.Cell(values.joined(separator: ", "), isText: true),
        HTML.Cell(error.isFinite ? percent(error) : "diverged"),
        HTML.Cell(chosen.contains(run.id) ? "chosen" : ResultLine.nothing),
      ]
    }
    return HTML.table(
      header: ["run"] + axes.map(ParameterName.short) + [
        "arm", "candidate", "\(study.study.selectOn.errorName) (%)", "chosen",
      ], rows: rows,
      caption: "Candidates of selection, one run each; errors \(study.study.selectOn.label)",
      style: "list")
  }

  private func percent(_ value: Double) -> String { DecimalText.fixed(value, decimals: 2) }
}

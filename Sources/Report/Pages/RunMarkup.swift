import Canonical
import Study

/// Every run of a study, folded away by row of runs.
struct RunMarkup {
  let study: StudyRecords

  var markup: String {
    study.table.groups.map { group in
      let final = study.records.filter {
        $0.stage == .final && $0.arm == group.arm && $0.axes == group.axes
      }.sorted { ($0.trial, $0.id) < ($1.trial, $1.id) }
      let place = group.axes.map { "\(FigureSource.shortName($0.key)) \($0.value)" } + [group.arm]
      let title =
        "\(place.joined(separator: ", ")): \(final.count) of \(study.study.trials) runs"
      guard !final.isEmpty || !candidates(group).isEmpty else { return HTML.paragraph(title) }
      return HTML.details(title, (final.isEmpty ? "" : runs(final, title)) + candidates(group))
    }.joined()
  }

  private func runs(_ runs: [RunRecord], _ caption: String) -> String {
    let measures = runs.flatMap { $0.measures.map(\.name) }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let header =
      ["run", "trial", "error after the last update", "at lowest validation error", "lowest error"]
      + measures + ["updates", "seconds", "finished", "weights", "core", "build"]
    let rows = runs.map { run -> [HTML.Cell] in
      let numbers = [
        run.id, String(run.trial),
        run.diverged ? "diverged" : run.testErrorLast.map(percent) ?? ResultLine.nothing,
        run.testErrorAtBestValidation.map {
          "\(percent($0)) (update \(run.bestValidationUpdate ?? 0))"
        }
          ?? ResultLine.nothing,
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
      return (numbers + measured + rest).map { HTML.Cell($0) }
    }
    return HTML.table(header: header, rows: rows, caption: "Test errors in percent; \(caption)")
  }

  /// The candidates of selection, if there were any.
  private func candidates(_ group: ResultGroup) -> String {
    guard
      let grid = SelectionGrid(
        study.records, arm: group.arm, axes: group.axes, of: group,
        selectOn: study.study.selectOn)
    else { return "" }
    let rows = grid.candidates.map { candidate -> [HTML.Cell] in
      [
        HTML.Cell(candidate.id),
        HTML.Cell(
          candidate.hyperparameters.map {
            "\($0.name) \(ResultTable.hyperparameterText($0.value))"
          }.joined(separator: ", "), isText: true),
        HTML.Cell(candidate.error.map(percent) ?? "diverged"),
        HTML.Cell(candidate.isChosen ? "chosen" : ResultLine.nothing),
      ]
    }
    return HTML.table(
      header: ["run", "candidate", "\(study.study.selectOn.errorName) (%)", "chosen"], rows: rows,
      caption: "\(rows.count) candidates of selection, one run each; errors "
        + study.study.selectOn.label)
  }

  private func percent(_ value: Double) -> String { DecimalText.fixed(value, decimals: 2) }
}

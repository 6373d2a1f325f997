import Canonical
import Study

/// The way from a number of a table back to the runs behind it.
package struct CellExplanation: Sendable {
  private let table: ResultTable
  private let study: StudySpec
  private let records: [RunRecord]
  private let command: RunCommand

  /// - Parameter command: what goes on with the study.
  package init(study: StudySpec, records: [RunRecord], command: RunCommand) {
    self.study = study
    self.records = records
    self.command = command
    table = ResultTable(study: study, records: records)
  }

  /// The trail of every row of runs that matches, those with runs first; empty where none does.
  package func blocks(_ filter: CellFilter) -> [Block] {
    let matching = table.groups.filter { filter.matches(arm: $0.arm, axes: $0.axes) }
    let begun = matching.filter { !finalRuns($0).isEmpty }
    return (begun + matching.filter { finalRuns($0).isEmpty }).flatMap(trail)
  }

  // MARK: - One row of runs

  private func trail(_ group: ResultGroup) -> [Block] {
    let place = group.axes.map { "\($0.key)=\($0.value)" } + ["arm=\(group.arm)"]
    let notes = study.notes.filter { concerns($0.path, group) }.map { note in
      "note\(note.path.isEmpty ? "" : " on \(note.path)"): \(note.text)"
    }
    return [.heading(1, place.joined(separator: ", "))] + numbers(group) + runs(group)
      + selection(group) + (table.reduction.map { [.warning($0)] } ?? [])
      + (notes.isEmpty ? [] : [.list(notes)])
  }

  /// The numbers that the tables show of the group.
  private func numbers(_ group: ResultGroup) -> [Block] {
    table.sections.flatMap { section in
      section.lines.filter {
        $0.selection == section.selection && $0.studyRows.contains(group.row)
      }.flatMap { line -> [Block] in
        let published =
          line.publishedMean == nil
          ? "" : ", published \(line.publishedText)\(source(of: section))"
        let verdict = line.judgement.map { ", verdict: \($0.words)" } ?? ""
        let values = line.values.keys.sorted().compactMap { line.values[$0] }
        let sum = values.map { DecimalText.fixed($0, decimals: line.decimals + 1) }
          .joined(separator: " + ")
        let interval = line.interval.map {
          "; 95 % t interval ± \(DecimalText.fixed($0.halfWidth, decimals: line.decimals + 1))"
        }
        let name = "\(section.title), row \(line.row), column \(line.column)"
        let mean = Block.paragraph(
          "= (\(sum)) / \(values.count), \(section.metric.name) in "
            + "\(line.metric.unit.rawValue) \(line.selection.label)\(interval ?? "")")
        return [.heading(2, "\(name): \(line.text)\(published)\(verdict)")]
          + (values.isEmpty ? [] : [mean])
      }
    }
  }

  /// Who prints the numbers that stand beside ours, and of how many runs.
  private func source(of section: ResultSection) -> String {
    guard let paper = section.paper, let published = section.published else { return "" }
    let runs = published.runs.map { Quantities.count($0, "run") } ?? "runs not counted there"
    let parts = [paper.name, paper.year.map { String($0) }, runs]
    return " (\(parts.compactMap(\.self).joined(separator: ", ")))"
  }

  private func finalRuns(_ group: ResultGroup) -> [RunRecord] {
    records.filter { $0.stage == .final && $0.row == group.row }
      .sorted { ($0.trial, $0.id) < ($1.trial, $1.id) }
  }

  /// Errors as the page shows them.
  private static func percent(_ error: Double) -> String { DecimalText.fixed(error, decimals: 2) }

  private func runs(_ group: ResultGroup) -> [Block] {
    func text(_ error: Double?, _ update: Int?) -> String {
      guard let error else { return ResultLine.nothing }
      return Self.percent(error) + (update.map { " (update \($0))" } ?? "")
    }
    let runs = finalRuns(group)
    guard !runs.isEmpty else {
      let axes = group.axes.map { "\(Axis.shortName(of: $0.key))=\($0.value)" }
      let place = (["\(CellFilter.arm)=\(group.arm)"] + axes).joined(separator: ",")
      let line = ShellWord.line(["regbench"] + command.words + ["--first", place])
      return [.paragraph("no final run yet: `\(line)` trains them before the others")]
    }
    return [
      .table(
        Table(
          header: [
            "run", "trial", "test error", "at lowest validation error", "lowest", "weights", "core",
            "build",
          ],
          rows: runs.map { run in
            [
              run.id, String(run.trial),
              run.diverged ? "diverged" : text(run.testErrorLast, run.updates),
              text(run.testErrorAtBestValidation, run.bestValidationUpdate),
              text(run.bestTestError, run.bestTestUpdate), String(run.weightsDigest.prefix(12)),
              run.openBLASCore, run.build,
            ]
          }))
    ]
  }

  private func selection(_ group: ResultGroup) -> [Block] {
    let values = group.hyperparameters.map(\.text).joined(separator: ", ")
    guard let grid = table.candidates(of: group) else {
      return values.isEmpty ? [] : [.paragraph("hyper-parameters, fixed: \(values)")]
    }
    let edge = grid.namesAtEdge.joined(separator: ", ")
    let count = grid.candidates.count
    let state =
      grid.chosen == nil
      ? "\(Quantities.count(count, "candidate")) done, none chosen yet"
      : "chosen among \(count): \(values)"
        + (edge.isEmpty ? "" : "; at the edge of what was tried: \(edge)")
    return [
      .paragraph("hyper-parameters: \(state)"),
      .table(
        Table(
          header: ["candidate", "hyper-parameters", study.selectOn.errorName, ""],
          rows: grid.candidates.map { candidate in
            [
              candidate.id, candidate.text, candidate.error.map(Self.percent) ?? "diverged",
              candidate.isChosen ? "chosen" : "",
            ]
          }, words: [1, 3])),
    ]
  }

  /// Whether a note stands at something that plays a part for the group.
  private func concerns(_ path: DocumentPath, _ group: ResultGroup) -> Bool {
    path.steps.count < 2 || path.steps[0] != "arms" || path.steps[1] == group.arm
  }
}

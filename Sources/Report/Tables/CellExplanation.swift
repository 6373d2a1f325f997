import Canonical
import Study

/// The way from a number of a table back to the runs behind it.
package struct CellExplanation: Sendable {
  private let table: ResultTable
  private let study: StudySpec
  private let records: [RunRecord]

  /// Prepares nothing yet.
  package init(study: StudySpec, records: [RunRecord]) {
    self.study = study
    self.records = records
    table = ResultTable(study: study, records: records)
  }

  /// The trail of every row of runs that matches; empty where none does.
  package func blocks(_ filter: CellFilter) -> [Block] {
    table.groups.filter { filter.matches(arm: $0.arm, axes: $0.axes) }.flatMap(trail)
  }

  // MARK: - One row of runs

  private func trail(_ group: ResultGroup) -> [Block] {
    let place = group.axes.map { "\($0.key)=\($0.value)" } + ["arm=\(group.arm)"]
    let notes = study.notes.filter { concerns($0.path, group) }.map { note in
      "note\(note.path.isEmpty ? "" : " on \(note.path)"): \(note.text)"
    }
    return [.heading(1, place.joined(separator: ", "))] + numbers(group) + [runs(group)]
      + selection(group) + (table.reduction.map { [.warning($0)] } ?? [])
      + (notes.isEmpty ? [] : [.list(notes)])
  }

  /// The numbers that the tables show of the group.
  private func numbers(_ group: ResultGroup) -> [Block] {
    table.sections.flatMap { section in
      section.lines.filter {
        $0.selection == section.selection && $0.studyRows.contains(group.row)
      }.flatMap { line -> [Block] in
        let published = line.publishedMean == nil ? "" : ", published \(line.publishedText)"
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

  private func runs(_ group: ResultGroup) -> Block {
    func text(_ error: Double?, _ update: Int?) -> String {
      guard let error else { return ResultLine.nothing }
      return error.shortestText + (update.map { " (update \($0))" } ?? "")
    }
    let runs = records.filter {
      $0.stage == .final && $0.row == group.row
    }.sorted { ($0.trial, $0.id) < ($1.trial, $1.id) }
    return .table(
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
  }

  private func selection(_ group: ResultGroup) -> [Block] {
    let values = group.hyperparameters.map(\.text).joined(separator: ", ")
    guard let grid = table.candidates(of: group) else {
      return values.isEmpty ? [] : [.paragraph("hyper-parameters, fixed: \(values)")]
    }
    let edge = grid.namesAtEdge.joined(separator: ", ")
    return [
      .paragraph(
        "hyper-parameters, chosen among \(grid.candidates.count): \(values)"
          + (edge.isEmpty ? "" : "; at the edge of what was tried: \(edge)")),
      .table(
        Table(
          header: ["candidate", "hyper-parameters", study.selectOn.errorName, ""],
          rows: grid.candidates.map { candidate in
            [
              candidate.id, candidate.text, candidate.error.map(\.shortestText) ?? "diverged",
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

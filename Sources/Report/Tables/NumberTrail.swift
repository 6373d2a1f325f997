import Canonical
import Study

/// The way from a number of a table back to the runs behind it, as text.
package struct NumberTrail: Sendable {
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
  package func text(_ filter: CellFilter) -> String {
    table.groups.filter { filter.matches(arm: $0.arm, axes: $0.axes) }.map(trail)
      .joined(separator: "\n")
  }

  // MARK: - One row of runs

  private func trail(_ group: ResultGroup) -> String {
    let place = group.axes.map { "\($0.key)=\($0.value)" } + ["arm=\(group.arm)"]
    var lines = [place.joined(separator: ", ")]
    lines += numbers(group)
    lines += runs(group)
    lines += selection(group)
    if let reduction = table.reduction { lines.append("  \(reduction)") }
    lines += study.notes.filter { concerns($0.path, group) }.map { note in
      "  note\(note.path.isEmpty ? "" : " on \(note.path)"): \(note.text)"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The numbers that the tables show of the group.
  private func numbers(_ group: ResultGroup) -> [String] {
    table.sections.flatMap { section in
      section.lines.filter { line in
        line.selection == section.selection && isPlace(of: group, line, section)
      }.flatMap { line -> [String] in
        let published = line.publishedMean == nil ? "" : ", published \(line.publishedText)"
        let verdict = line.judgement.map { ", verdict: \($0.words)" } ?? ""
        let values = line.values.keys.sorted().compactMap { line.values[$0] }
        let sum = values.map { DecimalText.fixed($0, decimals: line.decimals + 1) }
          .joined(separator: " + ")
        let interval = line.interval.map {
          "; 95 % t interval ± \(DecimalText.fixed($0.halfWidth, decimals: line.decimals + 1))"
        }
        return [
          "  \(section.title), row \(line.row), column \(line.column): \(line.text)"
            + "\(published)\(verdict)",
          "  = (\(sum)) / \(values.count), \(section.metric.name) in \(line.metric.unit.rawValue) "
            + "\(line.selection.label)\(interval ?? "")",
        ]
      }
    }
  }

  private func isPlace(
    of group: ResultGroup, _ line: ResultLine, _ section: ResultSection
  ) -> Bool {
    let mapping = table.study.reproduces.first {
      $0.paper == line.paper && $0.table == line.table && $0.metric == section.metric
        && $0.covers(group)
    }
    guard let mapping else {
      let axes = group.axes.map(\.value).joined(separator: " / ")
      return section.published == nil && line.column == group.arm
        && line.row == (group.axes.isEmpty ? group.dataset : axes)
    }
    // Rows of the same label carry their axes behind it.
    return line.column == mapping.column(of: group)
      && (line.row == mapping.row(of: group) || line.row.hasPrefix("\(mapping.row(of: group)) ("))
  }

  private func runs(_ group: ResultGroup) -> [String] {
    let final = records.filter {
      $0.stage == .final && $0.arm == group.arm && $0.axes == group.axes
    }.sorted { ($0.trial, $0.id) < ($1.trial, $1.id) }
    return ["  runs (run id, trial, test error: last, at best validation, best):"]
      + final.map { run in
        func text(_ value: Double?) -> String { value?.shortestText ?? ResultLine.nothing }
        let validation = text(run.testErrorAtBestValidation)
        let best = run.bestTestUpdate.map { " (update \($0))" } ?? ""
        let update = run.bestValidationUpdate.map { " (update \($0))" } ?? ""
        let end = run.diverged ? ", diverged" : ""
        return
          "    \(run.id) #\(run.trial): \(text(run.testErrorLast)) (update \(run.updates)), "
          + "\(validation)\(update), \(text(run.bestTestError))\(best)\(end); "
          + "weights \(run.weightsDigest.prefix(12)), core \(run.openBLASCore), build \(run.build)"
      }
  }

  private func selection(_ group: ResultGroup) -> [String] {
    let chosen = group.hyperparameters.map(\.text).joined(separator: ", ")
    guard let grid = table.candidates(of: group) else {
      return chosen.isEmpty ? [] : ["  hyper-parameters, fixed: \(chosen)"]
    }
    let edge = grid.namesAtEdge.joined(separator: ", ")
    return [
      "  hyper-parameters, chosen among \(grid.candidates.count): \(chosen)"
        + (edge.isEmpty ? "" : "; at the edge of what was tried: \(edge)")
    ]
      + grid.candidates.map { candidate in
        let error = candidate.error.map(\.shortestText) ?? "diverged"
        return
          "    \(candidate.id) \(candidate.text): \(study.selectOn.errorName) \(error)"
          + (candidate.isChosen ? "  <- chosen" : "")
      }
  }

  /// Whether a note stands at something that plays a part for the group.
  private func concerns(_ path: DocumentPath, _ group: ResultGroup) -> Bool {
    path.steps.count < 2 || path.steps[0] != "arms" || path.steps[1] == group.arm
  }
}

import Canonical
import Report
import Study

/// How many trials no cell is undecided with, as `plan --verdict` prints it.
struct VerdictPlan {
  private let study: StudySpec
  private let cells: [TrialsNeeded]

  init(_ study: StudySpec, _ cells: [TrialsNeeded]) {
    self.study = study
    self.cells = cells
  }

  /// Trials in all that the cells ask for, whatever the study's number.
  private var wanted: Int { max(StoppingRule.firstStage, cells.compactMap(\.trials).max() ?? 0) }

  var text: String {
    let rows = cells.map { cell in
      [
        cell.row, cell.column, DecimalText.fixed(cell.deviation, decimals: 3),
        DecimalText.fixed(cell.target, decimals: 3),
        cell.trials.map { String(max(StoppingRule.firstStage, $0)) } ?? "limited by the paper",
      ]
    }
    let limited = cells.contains { $0.trials == nil }
    return TextRenderer.text([
      .table(
        Table(
          header: ["row", "method", "spread of 3", "half width wanted", "trials"], rows: rows,
          words: [1])),
      .paragraph(
        "\(study.folder): \(wanted) trials leave no cell undecided"
          + (limited ? " but those that the paper's own error limits" : "")
          + (wanted > study.trials
            ? "; the study has \(study.trials), so --until verdict stops there." : ".")),
    ])
  }

  var json: JSONValue {
    .object([
      "study": .string(study.folder), "trials": .number(wanted),
      "studyTrials": .number(study.trials),
      "cells": .array(
        cells.map { cell in
          .object([
            "row": .string(cell.row), "column": .string(cell.column),
            "deviation": .number(cell.deviation), "half_width": .number(cell.target),
            "trials": cell.trials.map { .number($0) } ?? .null,
          ])
        }),
    ])
  }
}

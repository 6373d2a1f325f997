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
  private var wanted: Int { TrialsNeeded.most(cells) }

  var text: String {
    func number(_ value: Double?) -> String {
      value.map { DecimalText.fixed($0, decimals: 3) } ?? ResultLine.nothing
    }
    let rows = cells.filter { $0.need != .unfinished }.map { cell in
      [
        cell.row, cell.column, number(cell.deviation), number(cell.target),
        cell.verdict?.rawValue ?? ResultLine.nothing, Self.text(cell.need),
      ]
    }
    return TextRenderer.text(
      [
        .table(
          Table(
            header: ["row", "method", "spread of 3", "half width wanted", "by 3 trials", "trials"],
            rows: rows, words: [1, 4])),
        .paragraph(
          "\(study.folder): \(wanted) trials leave no cell undecided\(exceptions)"
            + (wanted > study.trials
              ? "; the study has \(study.trials), so --until verdict stops there." : ".")),
        .remark(
          "Cells that the first three trials settle count, too: if means decided when to stop, intervals "
            + "would hold less than they promise."),
      ], width: nil)
  }

  /// The cells of which nothing is promised, by reason; empty where there are none.
  private var exceptions: String {
    let reasons = TrialsNeeded.Reason.allCases.map { (TrialsNeeded.Need.none($0), $0.rawValue) }
    let parts = (reasons + [(.unfinished, "whose first three trials are not finished")])
      .compactMap { need, words -> String? in
        let count = cells.count { $0.need == need }
        return count == 0 ? nil : "\(count) \(count == 1 ? "cell" : "cells") (\(words))"
      }
    return parts.isEmpty ? "" : ", but nothing is promised of \(parts.joined(separator: ", "))"
  }

  private static func text(_ need: TrialsNeeded.Need) -> String {
    switch need {
    case .trials(let count): String(count)
    case .unfinished: "not finished"
    case .none(let reason): reason.rawValue
    }
  }

  var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return .object([
      "study": .string(study.folder), "trials": .number(wanted),
      "studyTrials": .number(study.trials),
      "cells": .array(
        cells.map { cell in
          .object([
            "row": .string(cell.row), "column": .string(cell.column),
            "deviation": number(cell.deviation), "half_width": number(cell.target),
            "trials": cell.trials.map { .number($0) } ?? .null,
            "needs": .string(Self.text(cell.need)),
          ])
        }),
    ])
  }
}

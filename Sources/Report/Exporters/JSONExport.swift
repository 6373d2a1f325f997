import Canonical
import Study

/// The tables for programs: everything that the other exports show, with unrounded means.
package enum JSONExport {
  /// The document.
  package static func text(_ table: ResultTable) -> String {
    var members: [JSONValue.Member] = [
      .init("study", .string(table.study.name)), .init("profile", .string(table.study.profile)),
      .init("altered", .bool(table.study.isAltered)), .init("trials", .number(table.study.trials)),
    ]
    if let reduction = table.reduction { members.append(.init("reduction", .string(reduction))) }
    members.append(.init("remarks", .array(table.remarks.map { .string($0) })))
    members.append(.init("tables", .array(table.sections.map(section))))
    members.append(.init("notes", .array(table.notes.map { .string($0) })))
    return JSONValue.object(members).prettyText
  }

  private static func section(_ section: ResultSection) -> JSONValue {
    let cells = section.lines.filter { $0.count + $0.diverged > 0 }
    return .object([
      "title": .string(section.title), "paper": optional(section.paper?.paper),
      "citation": optional(section.paper?.citation), "table": optional(section.published?.table),
      "selection": .string(section.selection.rawValue), "cells": .array(cells.map(cell)),
    ])
  }

  private static func cell(_ line: ResultLine) -> JSONValue {
    .object([
      "row": .string(line.row), "column": .string(line.column), "metric": .string(line.metric.name),
      "unit": .string(line.metric.unit.rawValue), "selection": .string(line.selection.rawValue),
      "oracle": .bool(line.selection == .test), "mean": optional(line.mean),
      "spread": optional(line.spread), "spread_kind": .string(line.spreadKind.rawValue),
      "n": .number(line.count), "diverged": .number(line.diverged),
      "published_mean": optional(line.publishedMean),
      "published_spread": optional(line.publishedSpread),
      "verdict": optional(line.verdict?.rawValue),
    ])
  }

  private static func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
  private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

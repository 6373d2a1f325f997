import Canonical
import Study

/// What `compare` prints: numbers beside the paper's with verdicts and claims, or two studies beside
/// each other.
package enum ComparisonExport {
  /// A study against its paper.
  package static func text(_ table: ResultTable, width: Int = 100) -> String {
    var blocks = [table.heading]
    for section in table.sections {
      blocks.append(section.title)
      if section.hasPublishedNumbers {
        blocks.append(TerminalExport.draw(section.comparisonGrid))
        if let summary = section.verdictSummary { blocks.append(summary) }
      }
      if let claims = section.claimGrid {
        blocks.append(
          section.published == nil
            ? "Whether each method beats the first:"
            : section.isJudged
              ? "The paper's claims:"
              : "The paper's claims, on this reduced or altered study, which says little about the "
                + "paper:")
        blocks.append(TerminalExport.draw(claims))
        blocks.append(section.claimSummary)
      }
    }
    blocks.append(ResultTable.claimExplanation)
    if let reduction = table.reduction { blocks.append(reduction) }
    blocks += table.remarks
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// Two studies.
  package static func text(_ comparison: StudyComparison) -> String {
    let blocks = comparison.sections.flatMap { section in
      [section.title, TerminalExport.draw(section.grid)]
    }
    return (blocks + [ResultTable.claimExplanation]).joined(separator: "\n\n") + "\n"
  }

  /// A study against its paper, for programs.
  package static func json(_ table: ResultTable) -> String {
    JSONValue.object([
      "study": .string(table.outline.name), "profile": .string(table.outline.profile),
      "tables": .array(
        table.sections.map { section in
          .object([
            "title": .string(section.title), "judged": .bool(section.isJudged),
            "cells": .array(
              section.lines.filter { $0.selection == section.selection }.map(cell)),
            "claims": .array(section.claims.map(claim)),
          ])
        }),
    ]).prettyText
  }

  /// Two studies, for programs.
  package static func json(_ comparison: StudyComparison) -> String {
    JSONValue.object([
      "tables": .array(
        comparison.sections.map { section in
          .object([
            "title": .string(section.title),
            "comparisons": .array(section.comparisons.map(claim)),
          ])
        })
    ]).prettyText
  }

  private static func cell(_ line: ResultLine) -> JSONValue {
    .object([
      "row": .string(line.row), "column": .string(line.column),
      "unit": .string(line.metric.unit.rawValue),
      "mean": number(line.mean), "half_width_95": number(line.interval?.halfWidth),
      "n": .number(line.count), "published_mean": number(line.publishedMean),
      "delta": number(line.delta),
      "verdict": line.verdict.map { .string($0.rawValue) } ?? .null,
    ])
  }

  private static func claim(_ claim: Comparison) -> JSONValue {
    .object([
      "row": .string(claim.row), "first": .string(claim.first), "second": .string(claim.second),
      "advantage": number(claim.advantage), "half_width_95": number(claim.halfWidth),
      "n": .number(claim.count), "paired": .bool(claim.isPaired), "p": number(claim.p),
      "holm": number(claim.holm), "sign_flip": number(claim.signFlip?.p),
      "sign_flip_smallest": number(claim.signFlip?.smallestAttainable),
      "outcome": .string(claim.outcome.rawValue),
    ])
  }

  private static func number(_ value: Double?) -> JSONValue {
    value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }
}

extension ResultSection {
  /// Whether verdicts and claims say something about the paper.
  package var isJudged: Bool {
    published != nil && verdicts.allSatisfy(\.isJudgement)
  }

  /// How many claims came out how.
  var claimSummary: String {
    let claims = claims
    let counts = Comparison.Outcome.allCases.compactMap { outcome -> String? in
      let count = claims.count { $0.outcome == outcome }
      return count > 0 ? "\(count) \(outcome.rawValue)" : nil
    }
    return counts.joined(separator: ", ") + "."
  }

  /// Each published cell beside ours.
  var comparisonGrid: TableGrid {
    TableGrid(
      header: [rowMeaning, "method", "published", "ours (n)", "± 95 %", "difference", "verdict"],
      rows: lines.filter { $0.selection == selection && $0.publishedMean != nil }.map { line in
        let width = line.interval.map {
          DecimalText.fixed($0.halfWidth, decimals: line.decimals)
        }
        return [
          line.row, line.column, line.publishedText, line.text, width ?? ResultLine.nothing,
          line.deltaText ?? ResultLine.nothing, line.verdict?.rawValue ?? ResultLine.nothing,
        ]
      })
  }
}

import Canonical
import Study

/// What `compare --json` prints: numbers beside the paper's with verdicts and claims, or two studies
/// beside each other.
package enum ComparisonJSON {
  /// A study against its paper, for programs.
  package static func text(_ table: ResultTable) -> String {
    JSONValue.object([
      "study": .string(table.study.name), "profile": .string(table.study.profile),
      "tables": .array(
        table.sections.map { section in
          .object([
            "title": .string(section.title), "judged": .bool(section.isJudged),
            "cells": .array(
              section.lines.filter { $0.selection == section.selection }.map(cell)),
            "claims": .array(section.claims.map(claim)),
            "added": .array(section.addedComparisons.map(claim)),
          ])
        }),
    ]).prettyText
  }

  /// Two studies, for programs.
  package static func text(_ comparison: StudyComparison) -> String {
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
      "delta": number(line.delta), "difference": number(line.judgement?.difference?.mean),
      "difference_half_width_90": number(line.judgement?.difference?.halfWidth),
      "margin": number(line.judgement?.margin),
      "further_runs": line.judgement?.furtherRuns.map { .number($0) } ?? .null,
      "verdict": line.verdict.map { .string($0.rawValue) } ?? .null,
    ])
  }

  private static func claim(_ claim: Comparison) -> JSONValue {
    .object([
      "row": .string(claim.row), "place": claim.place.map { .string($0) } ?? .null,
      "half_width_95_test_set": number(claim.testSetHalfWidth), "first": .string(claim.first),
      "second": .string(claim.second),
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

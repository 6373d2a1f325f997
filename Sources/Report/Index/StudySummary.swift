import Canonical
import Study

/// What a study says in one line: verdicts, claims, and how far it is.
package struct StudySummary: Sendable {
  private let table: ResultTable
  private let records: [RunRecord]

  /// Sums up a folder's records.
  package init(_ study: StudyRecords) {
    table = study.table
    records = study.records
  }

  /// `9 cells: 5 reproduced, 4 better`; empty where nothing is published.
  var cells: String {
    let verdicts = table.lines.compactMap(\.verdict)
    if verdicts.isEmpty { return "" }
    if verdicts.allSatisfy({ $0 == .reducedProfile }) { return "reduced profile: none is judged" }
    if verdicts.allSatisfy({ $0 == .altered }) { return "altered study: none is judged" }
    let counts = verdicts.counts.map { "\($0.count) \($0.kind.rawValue)" }
    let all = verdicts.count
    return "\(all) \(all == 1 ? "cell" : "cells"): \(counts.joined(separator: ", "))"
  }

  /// The verdicts as words on their colours, with what they mean; empty where nothing is published.
  var verdictMarks: String {
    table.lines.compactMap(\.verdict).counts.map { verdict, count in
      let metrics = table.lines.filter { $0.verdict == verdict }.map(\.metric)
      let meanings = metrics.map { verdict.meaning(of: $0) }.unique.joined(separator: " Or: ")
      return HTML.mark("\(count) \(verdict.rawValue)", verdict.colour, meaning: meanings)
    }.joined(separator: " ")
  }

  /// The share of the final runs that are done.
  var share: Double {
    let (done, all) = counts
    return all == 0 ? 0 : Double(done) / Double(all)
  }

  private var counts: (done: Int, all: Int) {
    rowStates.reduce((0, 0)) { ($0.0 + $1.done, $0.1 + $1.wanted) }
  }

  /// `8 of 9 confirmed, 1 open`, of those that enough runs are finished for; those of tables that say
  /// something about the paper, where there are any. Empty where the paper claims nothing.
  var claims: String {
    let sections = table.sections.filter { isJudged ? $0.isJudged : $0.published != nil }
    let all = sections.flatMap(\.claims)
    let tested = all.filter { $0.outcome != .tooFew }
    if all.isEmpty { return "" }
    if tested.isEmpty { return "\(all.count) with too few runs to test" }
    let confirmed = tested.count { $0.outcome == .confirmed }
    let counts = all.map(\.outcome).counts.filter { $0.kind != .confirmed }.map { outcome, count in
      "\(count) \(outcome == .tooFew ? "with too few runs" : outcome.rawValue)"
    }
    return (["\(confirmed) of \(tested.count) confirmed"] + counts).joined(separator: ", ")
  }

  /// Whether the claims that are counted say something about the paper.
  var isJudged: Bool { table.sections.contains(where: \.isJudged) }

  /// `45 of 90`, `all 90`.
  package var runs: String {
    let (done, all) = counts
    return done == all && all > 1 ? "all \(all)" : "\(done) of \(all)"
  }

  /// Verdicts and claims in a line.
  package var line: String {
    if table.sections.allSatisfy({ $0.published == nil }) {
      return "no published table"
    }
    let claimWords = isJudged ? "claims" : "claims, as run"
    let parts = [cells, claims.isEmpty ? "" : "\(claimWords): \(claims)"]
    let text = parts.filter { !$0.isEmpty }.joined(separator: "; ")
    return text.isEmpty ? "no published value beside what is finished" : text
  }

  /// How far a table's row is.
  struct RowState: Equatable {
    /// The table's label.
    var table: String
    /// The row's.
    var row: String
    /// Finished runs.
    var done: Int
    /// All of them.
    var wanted: Int
  }

  /// The rows of all tables in their order.
  var rowStates: [RowState] {
    var states: [RowState] = []
    var places: [[String]: Int] = [:]
    let trials = table.study.trials
    let finals = records.filter { $0.stage == .final && (1...trials).contains($0.trial) }
    let finished = Dictionary(grouping: finals, by: \.row).mapValues { Set($0.map(\.trial)).count }
    for group in table.groups {
      guard let (section, line) = table.line(of: group) else { continue }
      let label = section.published?.label ?? section.metric.title
      let done = finished[group.row] ?? 0
      if let index = places[[label, line.row]] {
        states[index].done += done
        states[index].wanted += trials
      } else {
        places[[label, line.row]] = states.count
        states.append(RowState(table: label, row: line.row, done: done, wanted: trials))
      }
    }
    return states
  }

  /// Which rows are finished, begun and missing: a sentence for each table.
  var stateSentences: [String] {
    let states = rowStates
    return states.map(\.table).unique.map { table in
      let own = states.filter { $0.table == table }
      let finished = own.filter { $0.done >= $0.wanted }.map(\.row)
      let begun = own.filter { $0.done > 0 && $0.done < $0.wanted }
        .map { "\($0.row) (\($0.done) of \($0.wanted) runs)" }
      let missing = own.filter { $0.done == 0 }.map(\.row)
      if finished.count == own.count {
        return own.count == 1 ? "\(table): finished" : "\(table): all \(own.count) rows finished"
      }
      let parts = [("finished", finished), ("begun", begun), ("missing", missing)]
        .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))" }
      return "\(table): \(parts.joined(separator: "; "))"
    }
  }
}

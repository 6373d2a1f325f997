import Canonical
import Study

extension ResultSection {
  /// The verdict in a sentence where all cells share one; nil without verdicts.
  package var verdictSummary: String? {
    let counts = lines.compactMap(\.verdict).counts
    if counts.isEmpty { return nil }
    if counts.map(\.kind) == [.reducedProfile] {
      return "Verdict: reduced profile, so no cell is judged."
    }
    if counts.map(\.kind) == [.altered] {
      return "Verdict: the study was altered, so no cell is judged."
    }
    let words = counts.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ")
    return "Verdict on cells with a published value: \(words)."
  }

  /// Why there is one table and not three, where runs were evaluated once.
  package var coincidenceRemark: String? {
    otherSelections.isEmpty
      ? nil
      : "The other selections give the same numbers: "
        + otherSelections.map(\.label).joined(separator: "; ") + "."
  }
}

extension ResultTable {
  /// Whether any finished number stands beside a published one.
  var hasComparison: Bool { lines.contains { $0.publishedMean != nil } }

  /// Which part of each published table is there, where not all of it is; a sentence for each.
  package var missingRows: [String] {
    let tables = sections.compactMap(\.published).unique { [$0.paper, $0.table] }
    return tables.compactMap { table in
      // Metrics of one table have sections of their own.
      let rows = Set(sections.filter { $0.published == table }.flatMap(\.rows))
      let shown = table.rows.count { rows.contains($0) }
      guard shown > 0, shown < table.rows.count else { return nil }
      return "Shown: \(shown) of the \(table.rows.count) rows of \(table.label)."
    }
  }

  /// The study's title and name, and its profile unless that is the file as it stands.
  package var heading: String {
    let name = title.map { "\($0) (\(study.name))" } ?? study.name
    return study.isAsWritten
      ? name : "\(name), profile \(study.profile)"
  }

  /// Where the hyper-parameters come from.
  package var hyperparameterSource: String {
    if study.selectOn == .test { return "Selected on the test set (oracle)." }
    return selectsHyperparameters
      ? "Selected on the validation split: lowest validation error of one run each." : "Fixed."
  }

  /// What is known about the published tables beyond their numbers.
  package var publishedRemarks: [String] {
    sections.compactMap { section in
      guard let table = section.published, !table.remarks.isEmpty else { return nil }
      return "\(table.label): \(table.remarks.joined(separator: "; "))"
    }
  }
}

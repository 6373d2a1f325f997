import Study

/// One study set against another: the cells that both have.
package struct StudyComparison: Sendable {
  /// A table of both.
  package struct Section: Sendable {
    /// Its heading in the first study.
    package var title: String
    /// What a row stands for.
    package var rowMeaning: String
    package var metric: Metric
    /// For each cell whether the first study's result is better than the second's.
    package var comparisons: [Comparison]
    /// The same as a table.
    package var table: Table {
      ResultSection.table(
        comparisons, caption: title, rowMeaning: rowMeaning, metric: metric)
    }
  }

  /// The tables that have cells in common.
  package let sections: [Section]

  /// What a reader must know of the tests.
  package let explanation: String

  /// Compares cell by cell; trial by trial where both have the same `seed`, so that equal trials had
  /// the same initial weights and batches.
  package init(_ first: ResultTable, _ second: ResultTable) {
    explanation = "\(Comparison.bothDirections) \(first.study.claimExplanation)"
    let paired = first.study.seed == second.study.seed
    sections = first.sections.compactMap { section in
      let others = second.sections.filter {
        $0.published?.table == section.published?.table && $0.paper == section.paper
          && $0.metric == section.metric
      }
      let comparisons = section.lines.filter { $0.selection == section.selection }.compactMap {
        line -> Comparison? in
        let match = others.lazy.compactMap {
          $0.line(row: line.row, column: line.column, section.selection)
        }.first
        guard let match, !match.values.isEmpty, !line.values.isEmpty else { return nil }
        return Comparison(
          row: line.row, "\(line.column) here", line.values, "there", match.values,
          direction: section.metric.direction, paired: paired,
          firstStage: line.firstStage ?? match.firstStage,
          resolution: max(line.resolution, match.resolution))
      }
      guard !comparisons.isEmpty else { return nil }
      return Section(
        title: section.title, rowMeaning: section.rowMeaning, metric: section.metric,
        comparisons: comparisons.adjusted(
          family: Comparison.tests(section.metric.direction) * comparisons.count))
    }
  }
}

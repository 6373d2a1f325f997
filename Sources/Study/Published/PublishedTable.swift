/// A paper whose tables are known.
package struct PublishedPaper: Sendable, Equatable {
  /// The name in configs: `shakeout`, …
  package var paper: String
  /// What its method is called.
  package var name: String
  /// The paper's title.
  package var title: String
  /// The authors; empty where unknown.
  package var authors: [String]
  /// Where it appeared, if known.
  package var venue: String?
  /// When, if known.
  package var year: Int?

  /// The paper in one line, as far as it is known.
  package var citation: String {
    var parts = authors.isEmpty ? [title] : [authors.joined(separator: ", "), title]
    if let venue { parts.append(venue) }
    if let year { parts.append(String(year)) }
    return parts.joined(separator: ". ") + "."
  }
}

/// A table of a paper: what its numbers mean.
package struct PublishedTable: Sendable, Equatable {
  /// The paper's name in configs.
  package var paper: String
  /// The table's name in configs: `table2`, …
  package var table: String
  /// What the table shows, without the data set.
  package var title: String
  /// The data set, where there is one for the whole table.
  package var dataset: String?
  /// What a row stands for.
  package var rowMeaning: String
  /// What a column stands for.
  package var columnMeaning: String
  /// Whether rows are networks with methods (`VGG-16 / L2 ours`), and columns data sets.
  package var methodsAreRows = false
  /// The metric of cells that name none.
  package var metric: String
  /// The unit of cells that name none.
  package var unit: String
  /// What "±" means; nil where the table prints none.
  package var spreadKind: SpreadKind?
  /// Number of runs behind a cell; nil where the paper does not say.
  package var runs: Int?
  /// What is known about runs and spread beyond the two facts above.
  package var remarks: [String]
  /// Which evaluation of a run the paper reports.
  package var selection: ErrorSelection
  /// Images held out for validation, where known.
  package var validationImages: Int?
  /// Updates of a full run, as stated or, where the paper is silent, as assumed (then a remark says
  /// so).
  package var updates: Int?
  /// How the paper found its hyper-parameters, where known: `selected on validation`.
  package var hyperparameters: String?
  /// Margins for verdicts by metric, where the standard one does not fit.
  package var margins: [String: VerdictMargin]
  /// Row labels in printed order.
  package var rows: [String]
  /// Column labels in order of their first appearance.
  package var columns: [String]

  /// The place as papers refer to it: `Table 2`, `Section 4.1`, `Figure 10`, `Equation 15`. What follows a
  /// dash in the table's name tells apart what stands in one section, which the title does for readers.
  package var label: String {
    let kinds = [("table", "Table"), ("fig", "Figure"), ("sec", "Section"), ("eq", "Equation")]
    for (start, word) in kinds where table.hasPrefix(start) {
      return "\(word) \(table.dropFirst(start.count).prefix { $0 != "-" })"
    }
    return table
  }

  /// The margin for verdicts on cells of `metric`.
  package func margin(for metric: String) -> VerdictMargin { margins[metric] ?? .standard }
}

/// One published number.
package struct PublishedCell: Sendable, Equatable {
  /// The paper's name in configs.
  package var paper: String
  /// The table's name in configs.
  package var table: String
  /// The row's label.
  package var row: String
  /// The column's label.
  package var column: String
  /// What was measured: `test_error`, …
  package var metric: String
  /// The unit of mean and spread.
  package var unit: String
  /// The number; nil where the paper prints a dash.
  package var mean: Double?
  /// The number behind "±", if printed.
  package var spread: Double?
  /// The p-value printed beside it, if any.
  package var p: Double?
  /// Whether the printed spread cannot be right; verdicts then do without it.
  package var spreadIsDoubtful: Bool
  /// Where the paper took the number from, if not from its own runs.
  package var source: String?
  /// Something to know about the cell.
  package var remark: String?
}

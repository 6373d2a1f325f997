/// A table of a paper: what its numbers mean.
public struct PublishedTable: Sendable, Equatable {
  /// The paper's name in configs.
  public var paper: String
  /// The table's name in configs: `table2`, …
  public var table: String
  /// What the table shows, without the data set.
  public var title: String
  /// The data set, where there is one for the whole table.
  public var dataset: String?
  /// What a row stands for.
  public var rowMeaning: String
  /// What a column stands for.
  public var columnMeaning: String
  /// Whether rows are networks with methods (`VGG-16 / L2 ours`), and columns data sets.
  public var methodsAreRows = false
  /// The metric of cells that name none.
  public var metric: String
  /// The unit of cells that name none.
  public var unit: String
  /// What "±" means; nil where the table prints none.
  public var spreadKind: SpreadKind?
  /// Number of runs behind a cell; nil where the paper does not say.
  public var runs: Int?
  /// What is known about runs and spread beyond the two facts above.
  public var remarks: [String]
  /// Which evaluation of a run the paper reports.
  public var selection: ErrorSelection
  /// Images held out for validation, where known.
  public var validationImages: Int?
  /// Updates of a full run, as stated or, where the paper is silent, as assumed (then a remark says
  /// so).
  public var updates: Int?
  /// How the paper found its hyper-parameters, where known: `selected on validation`.
  public var hyperparameters: String?
  /// Margins for verdicts by metric, where the standard one does not fit.
  public var margins: [String: VerdictMargin]
  /// Row labels in printed order.
  public var rows: [String]
  /// Column labels in order of their first appearance.
  public var columns: [String]

  /// The table as papers refer to it: `Table 2`, `Section 4.1-svm`, `Figure 10`, `Equation 15`.
  public var label: String {
    let kinds = [("table", "Table"), ("fig", "Figure"), ("sec", "Section"), ("eq", "Equation")]
    for (start, word) in kinds where table.hasPrefix(start) {
      return "\(word) \(table.dropFirst(start.count))"
    }
    return table
  }

  /// The margin for verdicts on cells of `metric`.
  public func margin(for metric: String) -> VerdictMargin { margins[metric] ?? .standard }
}

/// One published number.
public struct PublishedCell: Sendable, Equatable {
  /// The paper's name in configs.
  public var paper: String
  /// The table's name in configs.
  public var table: String
  /// The row's label.
  public var row: String
  /// The column's label.
  public var column: String
  /// What was measured: `test_error`, …
  public var metric: String
  /// The unit of mean and spread.
  public var unit: String
  /// The number; nil where the paper prints a dash.
  public var mean: Double?
  /// The number behind "±", if printed.
  public var spread: Double?
  /// The p-value printed beside it, if any.
  public var p: Double?
  /// Whether the printed spread cannot be right; verdicts then do without it.
  public var spreadIsDoubtful: Bool
  /// Where the paper took the number from, if not from its own runs.
  public var source: String?
  /// Something to know about the cell.
  public var remark: String?
}

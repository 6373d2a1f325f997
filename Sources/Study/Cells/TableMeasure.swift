/// A number of runs that a study's own tables show, one table for each.
package struct TableMeasure: Hashable, Sendable {
  /// The metric's name, as in the `measures` of `runs.csv`.
  package var name: String
  /// Its unit; `ratio` for what has none.
  package var unit: String

  /// Names a number and its unit.
  package init(_ name: String, unit: String) {
    self.name = name
    self.unit = unit
  }

  /// The share of wrongly classified test images.
  package static let testError = TableMeasure("test_error", unit: "percent")
}

extension CellSpec {
  /// What tables show of the cell's runs: what its task is about. Only classifiers have errors.
  package var tableMeasures: [TableMeasure] {
    switch task {
    case .classification, .autoencoder: return [.testError]
    case .regression:
      return [
        TableMeasure("rmse", unit: "units of y"),
        TableMeasure("total_variation", unit: "units of y"),
      ]
    case .gan:
      return [
        TableMeasure("value_range", unit: "nats"), TableMeasure("largest_spike", unit: "nats"),
      ]
    case .theory:
      switch theory?.name {
      case .effectiveWeight?: return [TableMeasure("reversed_weight", unit: "ratio")]
      case .regularizerCurve?:
        return [
          TableMeasure("bound", unit: "nats"), TableMeasure("largest_regularizer", unit: "nats"),
          TableMeasure("equation_7_error", unit: "nats"),
        ]
      case .regularizerContour?:
        return [
          TableMeasure("largest_regularizer", unit: "nats"),
          TableMeasure("equation_7_error", unit: "nats"),
        ]
      case .shiftRatio?: return [TableMeasure("shift_ratio", unit: "ratio")]
      case nil: return []
      }
    }
  }
}

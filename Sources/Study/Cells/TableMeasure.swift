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

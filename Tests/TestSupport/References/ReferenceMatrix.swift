/// A small matrix in Double for reference computations: rows × columns, row-major.
package struct ReferenceMatrix: Equatable, Sendable {
  /// Rows.
  package let rows: Int
  /// Columns.
  package let columns: Int
  /// The numbers, row by row.
  package var values: [Double]

  /// A matrix of zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: Array(repeating: 0, count: rows * columns))
  }

  /// A matrix from its numbers, row by row.
  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows)×\(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// A matrix from its rows.
  package init(_ rows: [[Double]]) {
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap { $0 })
  }

  /// One element.
  package subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Σ a∘b over all elements.
  package static func dot(_ a: ReferenceMatrix, _ b: ReferenceMatrix) -> Double {
    Swift.zip(a.values, b.values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Every element through `f`.
  package func map(_ f: (Double) -> Double) -> ReferenceMatrix {
    ReferenceMatrix(rows: rows, columns: columns, values: values.map(f))
  }

  /// Elements of two matrices of one shape through `f`.
  package func zip(_ other: ReferenceMatrix, _ f: (Double, Double) -> Double) -> ReferenceMatrix {
    precondition(rows == other.rows && columns == other.columns, "shapes differ")
    return ReferenceMatrix(
      rows: rows, columns: columns, values: Swift.zip(values, other.values).map(f))
  }

  /// self · other.
  package func times(_ other: ReferenceMatrix) -> ReferenceMatrix {
    precondition(columns == other.rows, "inner dimensions differ")
    var product = ReferenceMatrix(rows: rows, columns: other.columns)
    for i in 0..<rows {
      for j in 0..<other.columns {
        for k in 0..<columns { product[i, j] += self[i, k] * other[k, j] }
      }
    }
    return product
  }

  /// Rows and columns exchanged.
  package var transposed: ReferenceMatrix {
    var result = ReferenceMatrix(rows: columns, columns: rows)
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }

  /// The sum of each column.
  package var columnSums: [Double] {
    (0..<columns).map { j in (0..<rows).reduce(0) { $0 + self[$1, j] } }
  }
}

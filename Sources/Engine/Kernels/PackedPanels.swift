/// The B of a product in panels, each of which holds its columns of all rows side by side, padded with
/// zeros: `[panel][row][column of the panel]`. Rows that follow each other in memory keep out of each
/// other's place in the cache, which rows of 128 or 256 numbers would fight for.
extension TileProduct {
  /// Floats of a matrix in panels.
  static func packedFloats(rows: Int, columns: Int) -> Int { rows * ((columns + 7) & ~7) }

  /// Packs a matrix.
  static func pack(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    _ packed: UnsafeMutablePointer<Float>
  ) {
    forEachPanel(columns) { start, width in
      let (panel, count) = (packed + start * rows, min(width, columns - start))
      for row in 0..<rows {
        let (source, target) = (matrix + row * stride + start, panel + row * width)
        for column in Swift.stride(from: 0, to: count & ~7, by: 8) {
          store(load(source + column), target + column)
        }
        for column in count & ~7..<width { target[column] = column < count ? source[column] : 0 }
      }
    }
  }

  /// Packs the transpose of a matrix: row r of the matrix becomes column r of B.
  static func packTransposed(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
    _ packed: UnsafeMutablePointer<Float>
  ) {
    forEachPanel(rows) { start, width in
      let (panel, count) = (packed + start * columns, min(width, rows - start))
      transpose(
        matrix + start * stride, rows: count, columns: columns, stride: stride, panel,
        toStride: width)
      guard count < width else { return }
      // No result comes from the padding, but old bits may be numbers that are slow to multiply.
      for row in 0..<columns {
        for column in count..<width { panel[row * width + column] = 0 }
      }
    }
  }

  /// C ← A·B, or C + A·B, for a packed B with as many rows as a row of A has numbers.
  /// - Parameters:
  ///   - rowStride: floats from one row of A to the next.
  ///   - stride: floats from one row of C to the next.
  ///   - beside: called before each panel with its number.
  static func multiply(
    _ a: UnsafePointer<Float>, rowStride: Int, rows: Int, depth: Int,
    _ packed: UnsafePointer<Float>, columns: Int, to c: UnsafeMutablePointer<Float>, stride: Int,
    adds: Bool, beside: (Int) -> Void
  ) {
    forEachPanel(columns) { start, width in
      beside(start / 16)
      let product = TileProduct(
        a: a, segmentLength: depth, b: packed + start * depth, strideB: width)
      product.panel(rowStride: rowStride, rows: 0..<rows, width: width) {
        row, offset, values in
        let column = start + offset
        let place = c + row * stride + column
        store(adds ? load(place) + values : values, place, column: column, of: columns)
      }
    }
  }
}

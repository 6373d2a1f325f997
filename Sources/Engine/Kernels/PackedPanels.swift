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
}

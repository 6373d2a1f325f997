import CBLASShim

/// Single-threaded matrix products of OpenBLAS, row-major.
enum Matrix {
  /// C[m × n] = A[m × k] · Bᵀ + `beta`·C, B[n × k].
  static func timesTransposed(
    _ c: UnsafeMutablePointer<Float>, ldc: Int, _ a: UnsafePointer<Float>, lda: Int,
    _ b: UnsafePointer<Float>, ldb: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    guard m > 0, n > 0 else { return }
    regbench_sgemm(
      0, 1, Int32(m), Int32(n), Int32(k), 1, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
  }

  /// Multiplications up to which OpenBLAS may take memory from the heap for a product of two matrices
  /// as they lie, and is not asked.
  private static let fewest = 1_000_000

  /// C[m × n] = A[m × k] · B[k × n] + `beta`·C. Behind B, 16 floats may be read.
  static func times(
    _ c: UnsafeMutablePointer<Float>, ldc: Int, _ a: UnsafePointer<Float>, lda: Int,
    _ b: UnsafePointer<Float>, ldb: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    guard m > 0, n > 0 else { return }
    guard m * n * k > fewest || (beta != 0 && beta != 1) else {
      return timesInTiles(c, ldc: ldc, a, lda: lda, b, ldb: ldb, m: m, n: n, k: k, adds: beta == 1)
    }
    regbench_sgemm(
      0, 0, Int32(m), Int32(n), Int32(k), 1, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
  }

  private static func timesInTiles(
    _ c: UnsafeMutablePointer<Float>, ldc: Int, _ a: UnsafePointer<Float>, lda: Int,
    _ b: UnsafePointer<Float>, ldb: Int, m: Int, n: Int, k: Int, adds: Bool
  ) {
    TileProduct.forEachPanel(n) { start, width in
      let product = TileProduct(a: a, segmentLength: k, b: b + start, strideB: ldb)
      product.panel(rowStride: lda, rows: 0..<m, width: width) { row, offset, values in
        let column = start + offset
        let place = c + row * ldc + column
        store(adds ? load(place) + values : values, place, column: column, of: n)
      }
    }
  }

  /// C[m × n] = Aᵀ · B[k × n] + `beta`·C, A[k × m]. With k = 0 the sum is empty: C = `beta`·C.
  static func transposedTimes(
    _ c: UnsafeMutablePointer<Float>, ldc: Int, _ a: UnsafePointer<Float>, lda: Int,
    _ b: UnsafePointer<Float>, ldb: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    guard m > 0, n > 0 else { return }
    guard k > 0 else {
      if beta == 0 { for row in 0..<m { (c + row * ldc).update(repeating: 0, count: n) } }
      return
    }
    regbench_sgemm(
      1, 0, Int32(m), Int32(n), Int32(k), 1, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
  }
}

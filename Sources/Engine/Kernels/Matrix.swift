import CBLASShim

/// Single-threaded matrix products of OpenBLAS, row-major.
enum Matrix {
  /// OpenBLAS with one thread; its own threads would give other bits for other thread counts.
  static let useOneThread: Void = regbench_blas_set_threads(1)

  /// C[m × n] = A[m × k] · Bᵀ + `beta`·C, B[n × k].
  static func timesTransposed(
    _ c: UnsafeMutablePointer<Float>, ldc: Int, _ a: UnsafePointer<Float>, lda: Int,
    _ b: UnsafePointer<Float>, ldb: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    guard m > 0, n > 0 else { return }
    regbench_sgemm(
      0, 1, Int32(m), Int32(n), Int32(k), 1, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
  }

  /// C[m × n] = A[m × k] · B[k × n] + `beta`·C.
  static func times(
    _ c: UnsafeMutablePointer<Float>, ldc: Int, _ a: UnsafePointer<Float>, lda: Int,
    _ b: UnsafePointer<Float>, ldb: Int, m: Int, n: Int, k: Int, beta: Float = 0
  ) {
    guard m > 0, n > 0 else { return }
    regbench_sgemm(
      0, 0, Int32(m), Int32(n), Int32(k), 1, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
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

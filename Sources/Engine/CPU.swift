import CBLASShim

/// Which of OpenBLAS's kernels multiply.
package enum MatrixKernels: String, CaseIterable, Sendable {
  /// The same on every processor with AVX2 and FMA, and so the same bits.
  case pinned
  /// Those that OpenBLAS chooses for the processor.
  case fastest
}

/// What the bits of a run depend on beside the program: the kernels of OpenBLAS.
package enum CPU {
  /// Says which kernels multiply; to be called before anything is multiplied. Without it they are
  /// pinned.
  package static func use(_ kernels: MatrixKernels) {
    switch kernels {
    case .pinned: break
    case .fastest: regbench_blas_leave_choice()
    }
  }

  /// Makes sure that matrices can be multiplied on so many threads at the same time.
  /// - Throws: `EngineError.openBLAS` where OpenBLAS is missing, or memory for it.
  package static func prepareOpenBLAS(threads: Int) throws(EngineError) {
    if let trouble = regbench_blas_prepare(Int32(clamping: threads)) {
      throw .openBLAS(String(cString: trouble))
    }
  }

  /// The kernel family, for example `Zen` or `Haswell`.
  package static var openBLASCore: String { String(cString: regbench_blas_core()) }
  /// OpenBLAS's description of its own build.
  package static var openBLASConfig: String { String(cString: regbench_blas_config()) }
  /// Whether this build leaves AVX2 and FMA unused.
  package static var isPortableBuild: Bool { regbench_build_is_portable() != 0 }
}

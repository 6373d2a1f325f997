import CBLASShim

/// What the bits of a run depend on beside the program: the kernels that OpenBLAS chose.
package enum CPU {
  /// The kernel family, for example `Zen` or `Haswell`.
  package static var openBLASCore: String { String(cString: regbench_blas_core()) }
  /// OpenBLAS's description of its own build.
  package static var openBLASConfig: String { String(cString: regbench_blas_config()) }
  /// Whether this build leaves AVX2 and FMA unused.
  package static var isPortableBuild: Bool { regbench_build_is_portable() != 0 }
}

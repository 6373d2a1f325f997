import CBLASShim

/// What the bits of a run depend on beside the program: the kernels that OpenBLAS chose.
public enum CPU {
  /// The kernel family, for example `Zen` or `Haswell`.
  public static var openBLASCore: String { String(cString: regbench_blas_core()) }
  /// OpenBLAS's description of its own build.
  public static var openBLASConfig: String { String(cString: regbench_blas_config()) }
  /// Whether this build leaves AVX2 and FMA unused.
  public static var isPortableBuild: Bool { regbench_build_is_portable() != 0 }
}

import Engine
import Study

extension Arithmetic {
  /// This process's: OpenBLAS's kernels, and what sums come to with them. Measured once, after
  /// `CPU.use` has been called.
  package static let current = Arithmetic(
    text: "\(CPU.openBLASCore) \((try? ArithmeticFingerprint.measure()) ?? "unknown")")
}

extension WorkerFacts {
  /// This process's.
  static var current: WorkerFacts {
    WorkerFacts(
      openBLASCore: CPU.openBLASCore, openBLASConfig: CPU.openBLASConfig, arithmetic: .current)
  }
}

import Engine
import Study

extension Arithmetic {
  /// This process's: OpenBLAS's kernels, and what sums come to with them. Measured once, after
  /// `CPU.use` has been called.
  /// - Throws: `EngineError` where it cannot be measured: two such processes have nothing in common.
  package static func current() throws(EngineError) -> Arithmetic { try measured.get() }

  private static let measured = Result { () throws(EngineError) in
    let fingerprint = try ArithmeticFingerprint.measure()
    return Arithmetic(text: "\(CPU.openBLASCore) \(fingerprint)")
  }
}

extension WorkerFacts {
  /// This process's.
  static func current() throws(EngineError) -> WorkerFacts {
    let arithmetic = try Arithmetic.current()
    return WorkerFacts(
      openBLASCore: CPU.openBLASCore, openBLASConfig: CPU.openBLASConfig, arithmetic: arithmetic)
  }
}

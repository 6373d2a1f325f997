import Engine
import Study

extension Arithmetic {
  /// This process's.
  static let current = Arithmetic(
    revision: EngineRevision.current,
    core: CPU.isPortableBuild ? "\(CPU.openBLASCore) portable" : CPU.openBLASCore)
}

extension WorkerFacts {
  /// This process's.
  static var current: WorkerFacts {
    WorkerFacts(
      openBLASCore: CPU.openBLASCore, openBLASConfig: CPU.openBLASConfig, arithmetic: .current)
  }
}

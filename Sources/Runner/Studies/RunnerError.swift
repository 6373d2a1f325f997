/// Why a study cannot be run at all. Errors about files (`FileError`) and data (`DatasetError`)
/// come through as they are.
public enum RunnerError: Error, Equatable, Sendable {
  /// Another process works in the runs folder.
  case folderInUse(path: String, holder: String?)
  /// A record file is not what regbench writes.
  case damagedRecord(path: String, reason: String)
  /// A worker process could not be started.
  case cannotStartWorker(program: String, code: Int32)
  /// The first worker ended before it could take a cell.
  case unusableWorker(reason: String, log: String)
  /// A cell's network cannot be built on its data.
  case impossibleCell(reason: String)

  /// One or two sentences with a way out.
  public var message: String {
    switch self {
    case .folderInUse(let path, let holder):
      "\(path) is in use by another regbench\(holder.map { " (host and process \($0))" } ?? ""); "
        + "wait for it, stop it, or give this call another --out"
    case .damagedRecord(let path, let reason):
      "\(path): \(reason); move the file away to train its runs again"
    case .cannotStartWorker(let program, let code):
      "cannot start \(program): \(SystemCall.reason(code))"
    case .unusableWorker(let reason, let log): "\(reason) before it began; see \(log)"
    case .impossibleCell(let reason): reason
    }
  }
}

/// Why a study cannot be run at all. Errors about files (`FileError`) and data (`DatasetError`)
/// come through as they are.
package enum RunnerError: Error, Equatable, Sendable {
  /// Another process works in the runs folder, which was to be emptied.
  case folderInUse(path: String, holder: String?)
  /// The study would not fit on the disk.
  case diskTooSmall(path: String, needed: Int, free: Int)
  /// No worker that trains a cell fits into the machine's memory.
  case memoryTooSmall(cell: String, neededMegabytes: Int, totalMegabytes: Int)
  /// A record file is not what regbench writes.
  case damagedRecord(path: String, reason: String)
  /// A worker process could not be started.
  case cannotStartWorker(program: String, code: Int32)
  /// The first worker ended before it could take a cell.
  case unusableWorker(reason: String, log: String)
  /// A cell's network cannot be built on its data.
  case impossibleCell(reason: String)

  /// One or two sentences with a way out.
  package var message: String {
    switch self {
    case .folderInUse(let path, let holder):
      "\(path) is in use by another regbench\(holder.map { " (host and process \($0))" } ?? ""); "
        + "wait for it, stop it, or give this call another --out"
    case .diskTooSmall(let path, let needed, let free):
      "\(path): the study needs about \(Self.megabytes(needed)) on this disk and "
        + "\(Self.megabytes(free)) are free; make room, or run fewer --jobs at a time"
    case .memoryTooSmall(let cell, let needed, let total):
      "\(cell): a worker needs about \(needed) MB of memory and this machine has \(total) MB; "
        + "leave the cell out with --only, or make its \"training.batch\" or network smaller"
    case .damagedRecord(let path, let reason):
      "\(path): \(reason); move the file away to train its runs again"
    case .cannotStartWorker(let program, let code):
      "cannot start \(program): \(SystemCall.reason(code))"
    case .unusableWorker(let reason, let log): "\(reason) before it began; see \(log)"
    case .impossibleCell(let reason): reason
    }
  }

  private static func megabytes(_ bytes: Int) -> String {
    "\((bytes + 999_999) / 1_000_000) MB"
  }
}

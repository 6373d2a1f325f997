import Canonical
import Glibc
import System

/// Why a study cannot be run at all. Errors about files (`FileError`) and data (`DatasetError`)
/// come through as they are.
package enum RunnerError: ReportedError, Equatable {
  /// Another process works in the runs folder, which was to be emptied.
  case folderInUse(path: String, holder: String?)
  /// The study would not fit on the disk.
  case diskTooSmall(path: String, needed: Int, free: Int)
  /// No worker that trains a cell fits into the machine's memory.
  case memoryTooSmall(cell: String, neededMegabytes: Int, totalMegabytes: Int)
  /// Runs were trained, but their tables cannot be written.
  case resultNotWritten(reason: String, runs: Int, runsFolder: String)
  /// A worker process could not be started.
  case cannotStartWorker(program: String, code: Int32)
  /// The first worker ended before it could take a cell.
  case unusableWorker(reason: String, log: String)
  /// No worker can train anything on this system.
  case noUsableWorker(reason: String)
  /// A cell's network cannot be built on its data.
  case impossibleCell(reason: String)

  /// One or two sentences with a way out.
  package var message: String {
    switch self {
    case .folderInUse(let path, let holder):
      "\(path) is in use by another regbench\(holder.map { " (host and process \($0))" } ?? ""); "
        + "wait for it, stop it, or give this call another --out"
    case .diskTooSmall(let path, let needed, let free):
      "\(path): the study needs about \(Self.size(needed, rounding: .up)) on this disk and "
        + "\(Self.size(free, rounding: .down)) are free; make room, or run fewer --jobs at a time"
    case .memoryTooSmall(let cell, let needed, let total):
      "\(cell): a worker needs about \(needed) MB of memory and this machine has \(total) MB; "
        + "leave the cell out with --only, or make its \"training.batch\" or network smaller"
    case .resultNotWritten(let reason, let runs, let runsFolder):
      "\(reason); nothing is lost: the \(runs) finished runs are kept in \(runsFolder), and the same "
        + "command typed again writes the result without training them again"
    case .cannotStartWorker(let program, let code):
      "cannot start a worker process (\(program)): \(SystemCall.reason(code))"
    case .unusableWorker(let reason, let log): "\(reason), so that no cell was begun; see \(log)"
    case .noUsableWorker(let reason): "nothing can be trained here: \(reason)"
    case .impossibleCell(let reason): reason
    }
  }

  package var kind: ErrorKind {
    switch self {
    case .folderInUse, .memoryTooSmall, .cannotStartWorker, .unusableWorker, .noUsableWorker:
      .unavailable
    case .diskTooSmall, .resultNotWritten: .unwritable
    case .impossibleCell: .usage
    }
  }

  package var advice: String? {
    guard case .cannotStartWorker(_, let code) = self else { return nil }
    return switch code {
    case EAGAIN: "the limit of processes is reached; raise it with `ulimit -u`, or use fewer --jobs"
    case EMFILE:
      "the limit of open files is reached; raise it with `ulimit -n`, or use fewer --jobs"
    case ENOMEM: "memory is short; use fewer --jobs"
    default: nil
    }
  }

  /// Whole kilobytes below ten megabytes, whole megabytes above. What is needed is rounded up and
  /// what is there down, so that the two never look alike.
  private static func size(_ bytes: Int, rounding rule: FloatingPointRoundingRule) -> String {
    let (unit, name) = bytes < 10_000_000 ? (1000.0, "kB") : (1_000_000.0, "MB")
    return "\(Int((Double(bytes) / unit).rounded(rule))) \(name)"
  }
}

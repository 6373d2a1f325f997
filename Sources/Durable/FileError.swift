import Canonical
import Glibc
import System

/// Why an operation on a file or folder failed, as the kernel told it.
package struct FileError: ReportedError, Equatable, CustomStringConvertible {
  /// What was tried.
  package enum Operation: String, Sendable {
    case openForReading, read, list, map, inspect
    case openForWriting, write, fsync, rename, truncate, lock, create, remove
  }

  /// The file or folder.
  package var path: String
  package var operation: Operation
  /// The kernel's number (`errno`).
  package var code: Int32

  package init(path: String, operation: Operation, code: Int32) {
    self.path = path
    self.operation = operation
    self.code = code
  }

  /// The failure that `errno` tells of, right after a call returned −1.
  static func last(_ path: String, _ operation: Operation) -> FileError {
    FileError(path: path, operation: operation, code: errno)
  }

  /// The same error of the file that the user knows where it befell the draft of it.
  func naming(_ target: String, insteadOf draft: String) -> FileError {
    FileError(path: path == draft ? target : path, operation: operation, code: code)
  }

  /// Whether the file or folder is just not there.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether the disk, or the user's share of it, is full.
  package var isFull: Bool { code == ENOSPC || code == EDQUOT }

  package var kind: ErrorKind {
    switch operation {
    case .openForReading, .read, .list, .map, .inspect: .missing
    case .openForWriting, .write, .fsync, .rename, .truncate, .lock, .create, .remove: .unwritable
    }
  }

  package var message: String { "\(path): cannot \(verb): \(reason)" }

  package var advice: String? {
    switch code {
    case ENOSPC: "make room on the disk, then type the command again"
    case EDQUOT: "make room within your quota, then type the command again"
    case EFBIG: "the limit of file sizes is reached; raise it with `ulimit -f`"
    case EMFILE: "the limit of open files is reached; raise it with `ulimit -n`"
    // A name that is no text is shown, and looked for, with this character in place of its bytes.
    case ENOENT where path.contains("\u{FFFD}"):
      "its name seems to hold bytes that are no UTF-8; rename it"
    default: nil
    }
  }

  /// What was tried, as in "cannot open".
  package var verb: String {
    switch operation {
    case .openForReading, .openForWriting: "open"
    case .read, .list, .map, .inspect, .write, .fsync, .rename, .truncate, .lock, .create, .remove:
      operation.rawValue
    }
  }

  /// The kernel's words for `code`.
  package var reason: String {
    switch code {
    // The only files that are opened so are regbench's own.
    case ELOOP where operation == .openForWriting: "it is a symbolic link"
    case ENXIO where operation == .openForWriting: "it is not a file"
    default: SystemCall.reason(code)
    }
  }

  package var description: String { message }
}

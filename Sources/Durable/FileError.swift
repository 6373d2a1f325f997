import Glibc

/// Why an operation on a file or folder failed, as the kernel told it.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file or folder.
  package var path: String
  /// What was tried: `open`, `read`, `write`, `fsync`, `rename`, `create`, `remove`, …
  package var operation: String
  /// The kernel's number (`errno`).
  package var code: Int32

  /// Describes a failure.
  package init(path: String, operation: String, code: Int32) {
    self.path = path
    self.operation = operation
    self.code = code
  }

  /// The failure that `errno` tells of, right after a call returned −1.
  static func last(_ path: String, _ operation: String) -> FileError {
    FileError(path: path, operation: operation, code: errno)
  }

  /// Whether the file or folder is just not there.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether the disk, or the user's share of it, is full.
  package var isFull: Bool { code == ENOSPC || code == EDQUOT }

  /// One sentence without a full stop, with the path and the kernel's words.
  package var message: String { "\(path): cannot \(operation): \(reason)" }

  /// The kernel's words for `code`.
  package var reason: String { String(cString: strerror(code)) }

  /// The same sentence.
  package var description: String { message }
}

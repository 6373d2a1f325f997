import Glibc
import System

/// Keeps a second process out of a folder for as long as this object lives. The kernel holds the
/// lock, so it ends with the process, however that ends.
package final class FolderLock {
  private let file: OutputFile

  /// Takes the lock whose file is at `path`; nil if another process (or another object) holds it.
  package init?(_ path: String) throws(FileError) {
    let file = try OutputFile(path, flags: O_RDWR | O_CREAT)
    self.file = file
    if SystemCall.retrying({ flock(file.descriptor, LOCK_EX | LOCK_NB) }) != 0 {
      if errno == EWOULDBLOCK { return nil }
      throw .last(path, .lock)
    }
    // Who holds it, for the sentence that others print; the lock itself is not in the file.
    try file.truncate(to: 0)
    try file.write(Array("\(ProcessIdentity.thisHost) \(getpid())\n".utf8))
  }

  /// The same, but waits up to so many seconds for the holder to let go.
  package static func waiting(
    _ path: String, seconds: Double
  ) throws(FileError) -> FolderLock? {
    var tries = Int(seconds * 100)
    while true {
      if let lock = try FolderLock(path) { return lock }
      tries -= 1
      guard tries > 0 else { return nil }
      usleep(10_000)
    }
  }

  deinit {
    // Not left to closing: a child being spawned holds a copy of the descriptor for a moment.
    flock(file.descriptor, LOCK_UN)
  }

  /// Host and process that took the lock at `path` last, for example `node7 4711`.
  package static func holder(_ path: String) -> String? {
    guard let bytes = try? FileContents.read(path),
      let line = String(validating: bytes.prefix(while: { $0 != 0x0A }), as: UTF8.self)
    else { return nil }
    return line.isEmpty ? nil : line
  }
}

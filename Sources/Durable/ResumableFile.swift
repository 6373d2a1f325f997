import Glibc
import System

/// A file that arrives in pieces, perhaps over several runs of the program: what has come so far
/// lies beside it under the name `NAME.part`, and takes its place when it is whole.
package final class ResumableFile {
  /// Where the bytes are until they are whole.
  package let draft: String
  private let path: String
  private let file: OutputFile
  /// Bytes that have come so far.
  package private(set) var count: Int

  /// Goes on with what is there of the file at `path`, or begins. Another process that does so is
  /// an error (`EWOULDBLOCK`).
  package init(_ path: String) throws(FileError) {
    self.path = path
    draft = path + ".part"
    let file = try OutputFile(draft, flags: O_RDWR | O_CREAT | O_APPEND)
    self.file = file
    let code = SystemCall.retrying { flock(file.descriptor, LOCK_EX | LOCK_NB) }
    guard code == 0 else { throw .last(draft, .lock) }
    count = try file.size()
  }

  deinit { flock(file.descriptor, LOCK_UN) }

  package func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try file.write(bytes)
    count += bytes.count
  }

  /// Forgets what has come.
  package func restart() throws(FileError) {
    try file.truncate(to: 0)
    count = 0
  }

  /// Removes what has come; the object is spent.
  package func abandon() throws(FileError) { try Folder.removeFile(draft) }

  /// Puts the file in its place, on the disk.
  package func finish() throws(FileError) {
    try file.synchronize()
    try FaultHook.check(.rename, path)
    guard rename(draft, path) == 0 else { throw .last(path, .rename) }
    try Folder.synchronize(PathName.parent(of: path))
  }
}

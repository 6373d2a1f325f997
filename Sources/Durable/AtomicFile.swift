import Glibc

/// Writes whole files so that a reader, or a person after a power cut, finds either the old
/// contents or the new ones, never a part: the bytes go into a temporary file beside the target,
/// onto the disk, and then into place with one rename.
package enum AtomicFile {
  /// Takes the next bytes of the file.
  package typealias Sink = (UnsafeRawBufferPointer) throws(FileError) -> Void

  /// Writes bytes.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try replaceTyped(path) { (file) throws(FileError) in try file.write(bytes) }
  }

  /// Writes text as UTF-8.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes memory without copying it.
  package static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(FileError) {
    try replaceTyped(path) { (file) throws(FileError) in try file.write(bytes) }
  }

  /// Writes what `body` hands to its sink, piece by piece. If `body` throws, nothing changes.
  package static func write(to path: String, chunks body: (Sink) throws -> Void) throws {
    try replace(path) { (file) throws in
      try body { (bytes) throws(FileError) in try file.write(bytes) }
    }
  }

  /// Removes temporary files in `folder` whose process is known to have ended, and those of unknown
  /// processes that are older than a day. Failures are no one's loss and stay silent.
  package static func removeStale(in folder: String) {
    guard let names = try? Folder.entries(folder) else { return }
    for name in names {
      guard TemporaryName.isAbandoned(name, in: folder) else { continue }
      try? Folder.removeFile(PathName.join(folder, name))
    }
  }

  private static func replace(
    _ path: String, _ body: (OutputFile) throws -> Void
  ) throws {
    try checkTarget(path)
    let folder = PathName.parent(of: path)
    let draft = PathName.join(folder, TemporaryName(target: PathName.last(of: path)).text)
    do {
      try {
        let file = try OutputFile(draft, flags: O_WRONLY | O_CREAT | O_EXCL)
        try body(file)
        try file.synchronize()
      }()
      try FaultHook.check(.rename, path)
      guard rename(draft, path) == 0 else { throw FileError.last(path, .rename) }
    } catch {
      unlink(draft)
      throw (error as? FileError)?.naming(path, insteadOf: draft) ?? error
    }
    try Folder.synchronize(folder)
  }

  /// A pipe, a terminal or a disk of this name is not replaced by a file.
  private static func checkTarget(_ path: String) throws(FileError) {
    var info = stat()
    guard stat(path, &info) == 0 else { return }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw FileError(path: path, operation: .openForWriting, code: EISDIR)
    default: throw FileError(path: path, operation: .openForWriting, code: ENXIO)
    }
  }

  /// The same where nothing but an operation on the file can fail.
  private static func replaceTyped(
    _ path: String, _ body: (OutputFile) throws(FileError) -> Void
  ) throws(FileError) {
    do { try replace(path, body) } catch let error as FileError { throw error } catch {
      // Unreachable: `body` throws nothing else.
      throw FileError(path: path, operation: .write, code: EIO)
    }
  }
}

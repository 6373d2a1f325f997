import Glibc

/// A file that arrives in pieces, perhaps over several runs of the program: what has come so far
/// lies beside it under the name `NAME.part`, and takes its place when it is whole.
public final class ResumableFile {
  /// Where the bytes are until they are whole.
  public let draft: String
  private let path: String
  private let file: OutputFile
  /// Bytes that have come so far.
  public private(set) var count: Int

  /// Goes on with what is there of the file at `path`, or begins. Another process that does so is
  /// an error (`EWOULDBLOCK`).
  public init(_ path: String) throws(FileError) {
    self.path = path
    draft = path + ".part"
    file = try OutputFile(draft, flags: O_RDWR | O_CREAT | O_APPEND)
    while flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno != EINTR { throw .last(draft, "lock") }
    }
    count = try file.size()
  }

  deinit { flock(file.descriptor, LOCK_UN) }

  /// Appends bytes.
  public func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try file.write(bytes)
    count += bytes.count
  }

  /// Forgets what has come.
  public func restart() throws(FileError) {
    try file.truncate(to: 0)
    count = 0
  }

  /// Removes what has come; the object is spent.
  public func abandon() throws(FileError) { try Folder.removeFile(draft) }

  /// Puts the file in its place, on the disk.
  public func finish() throws(FileError) {
    try file.synchronize()
    try FaultHook.check(.rename, path)
    guard rename(draft, path) == 0 else { throw .last(path, "rename") }
    try Folder.synchronize(PathName.parent(of: path))
  }
}

import Glibc

/// A file open for writing; every byte that the product writes goes through here.
final class OutputFile {
  let descriptor: Int32
  let path: String

  /// Opens the file with `open(2)`'s flags; it is never inherited by child processes.
  init(_ path: String, flags: Int32) throws(FileError) {
    try FaultHook.check(.open, path)
    var descriptor: Int32
    repeat {
      descriptor = open(path, flags | O_CLOEXEC, 0o666)
    } while descriptor < 0
      && errno == EINTR
    guard descriptor >= 0 else { throw .last(path, "open") }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Writes all of the bytes, however often the kernel takes only a part.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      var length = rest.count
      let effect = FaultHook.effect(.write, path)
      switch effect {
      case .error(EINTR): continue
      case .error(let code): throw FileError(path: path, operation: "write", code: code)
      case .kill: FaultHook.endProcess()
      case .torn, .short: length = (length + 1) / 2
      case nil: break
      }
      let written = Glibc.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, length)
      if effect == .torn { FaultHook.endProcess() }
      if written < 0 {
        if errno == EINTR { continue }
        throw .last(path, "write")
      }
      rest = rest.dropFirst(written)
    }
  }

  /// Writes all of an array.
  func write(_ bytes: [UInt8]) throws(FileError) {
    var failure: FileError?
    bytes.withUnsafeBytes { raw in
      do throws(FileError) { try write(raw) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Returns when the bytes are on the disk.
  func synchronize() throws(FileError) {
    try FaultHook.check(.fsync, path)
    while fsync(descriptor) != 0 {
      if errno == EINTR { continue }
      // Pipes and terminals (`--out /dev/stdout`) cannot be synchronised.
      if errno == EINVAL || errno == EROFS { return }
      throw .last(path, "fsync")
    }
  }

  /// Cuts the file to `size` bytes.
  func truncate(to size: Int) throws(FileError) {
    try FaultHook.check(.truncate, path)
    while ftruncate(descriptor, off_t(size)) != 0 {
      if errno == EINTR { continue }
      throw .last(path, "truncate")
    }
  }

  /// Bytes in the file now.
  func size() throws(FileError) -> Int {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw .last(path, "inspect") }
    return Int(info.st_size)
  }
}

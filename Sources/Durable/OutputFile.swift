import Glibc
import System

/// A file open for writing; every byte that the product writes goes through here.
///
/// It is always one of the product's own: where a symbolic link, a pipe or a device has taken its
/// name, it is not touched.
final class OutputFile {
  let descriptor: Int32
  let path: String

  /// Opens the file with `open(2)`'s flags; it is never inherited by child processes.
  init(_ path: String, flags: Int32) throws(FileError) {
    try FaultHook.check(.open, path)
    // Without O_NONBLOCK a pipe of this name would be waited for.
    let descriptor = SystemCall.retrying {
      open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
    }
    guard descriptor >= 0 else { throw .last(path, .openForWriting) }
    self.descriptor = descriptor
    self.path = path
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw .last(path, .openForWriting) }
    guard info.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, operation: .openForWriting, code: ENXIO)
    }
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
      case .error(let code): throw FileError(path: path, operation: .write, code: code)
      case .kill: FaultHook.endProcess()
      case .torn, .short: length = (length + 1) / 2
      case nil: break
      }
      let written = SystemCall.retrying {
        Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, length)
      }
      if effect == .torn { FaultHook.endProcess() }
      if written < 0 {
        throw .last(path, .write)
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
    if SystemCall.retrying({ fsync(descriptor) }) == 0 { return }
    // Some file systems have nothing to wait for.
    guard errno == EINVAL else { throw .last(path, .fsync) }
  }

  /// Cuts the file to `size` bytes.
  func truncate(to size: Int) throws(FileError) {
    try FaultHook.check(.truncate, path)
    let code = SystemCall.retrying { ftruncate(descriptor, off_t(size)) }
    guard code == 0 else { throw .last(path, .truncate) }
  }

  /// Bytes in the file now.
  func size() throws(FileError) -> Int {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw .last(path, .inspect) }
    return Int(info.st_size)
  }
}

import Glibc
import System

/// A file open for reading, piece by piece.
package final class InputFile {
  /// The path it was opened with.
  package let path: String
  private let descriptor: Int32

  /// Opens a file; a folder is an error (`EISDIR`) at once, not at the first read.
  package init(_ path: String) throws(FileError) {
    let descriptor = SystemCall.retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw .last(path, .openForReading) }
    self.descriptor = descriptor
    self.path = path
    if try identity().isFolder { throw FileError(path: path, operation: .read, code: EISDIR) }
  }

  deinit { close(descriptor) }

  /// What is open, whatever has happened to the path since.
  package func identity() throws(FileError) -> FileIdentity {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw .last(path, .inspect) }
    return FileIdentity(info)
  }

  /// Reads up to the buffer's size; 0 is the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let got = SystemCall.retrying {
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    }
    guard got >= 0 else { throw .last(path, .read) }
    return got
  }

  /// Goes on reading `offset` bytes behind the file's start.
  package func seek(to offset: Int) throws(FileError) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw .last(path, .read) }
  }

  /// Reads up to the end of the array, from `start` on; 0 is the end of the file.
  func read(into bytes: inout [UInt8], at start: Int) throws(FileError) -> Int {
    var failure: FileError?
    let got = bytes.withUnsafeMutableBytes { raw in
      do throws(FileError) {
        return try read(into: UnsafeMutableRawBufferPointer(rebasing: raw[start...]))
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return got
  }

  /// Maps the whole file into memory, read-only; the pages are shared with all processes that do.
  func map(count: Int) throws(FileError) -> UnsafeRawPointer {
    let address = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address, address != MAP_FAILED else { throw .last(path, .map) }
    return UnsafeRawPointer(address)
  }
}

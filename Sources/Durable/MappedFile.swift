import Glibc

/// A file's bytes as read-only memory that all processes share, for as long as this object lives.
/// Only for files that are replaced and never changed in place, as `AtomicFile` does.
package final class MappedFile: @unchecked Sendable {
  /// The bytes; whoever uses them keeps this object.
  package let bytes: UnsafeRawBufferPointer

  /// Maps the file; an empty file has no bytes.
  package init(_ path: String) throws(FileError) {
    let file = try InputFile(path)
    let count = try file.identity().size
    bytes = UnsafeRawBufferPointer(
      start: count == 0 ? nil : try file.map(count: count), count: count)
  }

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }
}

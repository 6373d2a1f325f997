import Glibc

/// Files into which other processes write what they have to say.
package enum LogFile {
  /// Opens a log for appending and hands over its descriptor, which the caller closes. Children
  /// get it only where it is given to them on purpose.
  package static func open(_ path: String) throws(FileError) -> Int32 {
    let file = try OutputFile(path, flags: O_WRONLY | O_CREAT | O_APPEND)
    let descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw .last(path, .openForWriting) }
    return descriptor
  }
}

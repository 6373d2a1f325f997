import Glibc

/// A text file that other programs follow while it grows, a line at a time. Several processes may
/// append to one file. Lines are not forced onto the disk.
package final class LineFile {
  private let file: OutputFile

  /// Opens the file, or creates it.
  package init(_ path: String) throws(FileError) {
    file = try OutputFile(path, flags: O_WRONLY | O_CREAT | O_APPEND)
  }

  /// Appends a line, given without its end.
  package func append(_ line: String) throws(FileError) {
    try file.write(Array((line + "\n").utf8))
  }
}

import Glibc
import System

/// A text file that only grows, a line at a time, and survives a crash at any moment: each line
/// carries a checksum, a line that is torn or damaged is ignored on reading, and a torn end is cut
/// off before anything is appended.
///
/// Several processes may append to one log: each holds the file's lock while it does.
package final class AppendLog {
  private let file: OutputFile
  /// Where the file ended after this object's last append, known to be the end of a whole line.
  private var cleanEnd = -1

  /// Opens the log, or creates it.
  package init(_ path: String) throws(FileError) {
    file = try OutputFile(path, flags: O_RDWR | O_CREAT | O_APPEND)
    // Lines last only if the file's name does; who created it may have died before it did.
    try Folder.synchronize(PathName.parent(of: path))
  }

  /// Appends a line (without its end) and returns when it is on the disk.
  /// - Returns: where in the file it stands.
  /// - Throws: `FileError`; then the line is not in the log.
  @discardableResult
  package func append(_ line: String) throws(FileError) -> Range<Int> {
    precondition(!line.utf8.contains(0x0A), "a line of a log holds no line end")
    try lock()
    defer { flock(file.descriptor, LOCK_UN) }
    var end = try file.size()
    if end != cleanEnd {
      // Others have appended: what was known before them need not be looked at again.
      let start = (0...end).contains(cleanEnd) ? cleanEnd : 0
      let whole = start + LogLine.endOfLastWhole(try FileContents.read(file.path, from: start))
      if whole != end { try file.truncate(to: whole) }
      end = whole
    }
    cleanEnd = -1
    do throws(FileError) {
      try file.write(LogLine.encode(line))
      try file.synchronize()
    } catch {
      // What could not be written or kept must not look written; if even this fails, the next
      // append finds the torn end.
      ftruncate(file.descriptor, off_t(end))
      throw error
    }
    cleanEnd = try file.size()
    return end..<cleanEnd
  }

  /// The whole lines of the log in order; none if there is no such file.
  package static func lines(of path: String) throws(FileError) -> [String] {
    do throws(FileError) {
      return LogLine.decode(try FileContents.read(path))
    } catch {
      if error.isMissing { return [] }
      throw error
    }
  }

  /// The whole lines behind `offset`, which is 0 or what an earlier call returned, and the offset
  /// behind the last of them: for following a log that other processes append to.
  package static func lines(
    of path: String, from offset: Int
  ) throws(FileError) -> (lines: [String], end: Int) {
    let size = FileContents.identity(of: path)?.size ?? 0
    // A shorter file is another one.
    let start = size < offset ? 0 : offset
    guard size > start else { return ([], start) }
    do throws(FileError) {
      let bytes = try FileContents.read(path, from: start)
      return (LogLine.decode(bytes), start + LogLine.endOfLastWhole(bytes))
    } catch {
      if error.isMissing { return ([], 0) }
      throw error
    }
  }

  private func lock() throws(FileError) {
    let code = SystemCall.retrying { flock(file.descriptor, LOCK_EX) }
    guard code == 0 else { throw .last(file.path, .lock) }
  }
}

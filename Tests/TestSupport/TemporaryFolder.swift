import Durable
import Glibc

/// A new folder that is removed with all that is in it when the last reference to it goes.
package final class TemporaryFolder: Sendable {
  /// The folder's path, without links in it.
  package let path: String

  /// Creates a folder in `TMPDIR`, or in `/tmp`.
  package init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/regbench-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw FileError(path: parent, operation: .create, code: errno)
    }
    let name = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if let resolved = realpath(name, nil) {
      path = String(cString: resolved)
      free(resolved)
    } else {
      path = name
    }
  }

  deinit { try? Folder.remove(path) }

  /// The path of a file in the folder.
  package func file(_ name: String) -> String { PathName.join(path, name) }

  /// Writes a file into the folder and returns its path; folders in `name` are created.
  @discardableResult
  package func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let target = file(name)
    try Folder.create(PathName.parent(of: target))
    try AtomicFile.write(bytes, to: target)
    return target
  }

  /// Writes a text file into the folder and returns its path.
  @discardableResult
  package func write(_ text: String, _ name: String) throws -> String {
    try write(Array(text.utf8), name)
  }
}

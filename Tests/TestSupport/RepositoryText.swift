import Durable
import Glibc

/// Texts of the repository that tests compare with what they should say. With `REGBENCH_RECORD=1` in
/// the environment they are written anew, to be read before they are committed.
package enum RepositoryText {
  /// Where a file of this name below the package's folder lies.
  package static func path(_ name: String) -> String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/") + "/" + name
  }

  /// The file of this name below the package's folder.
  package static func read(_ name: String) throws(FileError) -> String {
    String(decoding: try FileContents.read(path(name)), as: UTF8.self)
  }

  /// Whether a whole file is this text.
  package static func isWhole(_ name: String, _ expected: String) throws(FileError) -> Bool {
    if isRecording {
      try Folder.create(PathName.parent(of: path(name)))
      try AtomicFile.write(expected, to: path(name))
      return true
    }
    return FileContents.exists(path(name)) ? try read(name) == expected : false
  }

  private static var isRecording: Bool { getenv("REGBENCH_RECORD") != nil }
}

import Canonical
import Durable
import Glibc

/// Why a data set cannot be used: which file, where in it, what was expected, and what to do.
package struct DatasetError: ReportedError, Equatable, CustomStringConvertible {
  package var kind: ErrorKind
  /// The file, or the data set's name where it is about no file.
  package var file: String
  /// Where in the file, in bytes from its start; nil if it is about the whole file. For the
  /// contents of a compressed file, `isDecoded` is true and the count is of uncompressed bytes.
  package var offset: Int?
  /// Whether `offset` counts uncompressed bytes.
  package var isDecoded: Bool
  /// What was expected and what was found, without a full stop.
  package var problem: String
  package var advice: String?

  package init(
    _ kind: ErrorKind, file: String, offset: Int? = nil, isDecoded: Bool = false, _ problem: String,
    advice: String? = nil
  ) {
    self.kind = kind
    self.file = file
    self.offset = offset
    self.isDecoded = isDecoded
    self.problem = problem
    self.advice = advice
  }

  /// A file that could not be opened or read.
  init(reading error: FileError) {
    let advice =
      switch error.code {
      case _ where error.isMissing: error.advice ?? "check the path"
      case EACCES: "check who may read it (`ls -l`)"
      case EISDIR: "name the file in it"
      default: error.advice ?? "check the disk"
      }
    self.init(
      .missing, file: error.path, "cannot \(error.verb) it: \(error.reason)", advice: advice)
  }

  /// A file of the user's cache, or a downloaded one, that could not be kept.
  init(cache error: FileError) {
    self.init(
      error.kind, file: error.path, "cannot \(error.verb) it: \(error.reason)",
      advice: error.isFull
        ? "free some space, or set XDG_CACHE_HOME to a folder on another disk"
        : "set XDG_CACHE_HOME to a folder that you may write")
  }

  /// What to do about a whole file with other contents than the published ones.
  static let otherContents = """
    the file belongs to another data set, or is damaged: get it again; to train on other data, give \
    them a name of their own and say "files" with their folder in the study's data set
    """

  /// One sentence without a full stop: file, place, problem.
  package var message: String {
    guard let offset else { return "\(file): \(problem)" }
    return "\(file): byte \(offset)\(isDecoded ? " uncompressed" : ""): \(problem)"
  }

  /// The sentence and, if there is one, the advice on a line of its own.
  package var description: String {
    advice.map { "\(message)\n  \($0)" } ?? message
  }
}

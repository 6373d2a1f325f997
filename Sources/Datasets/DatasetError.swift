import Durable

/// Why a data set cannot be used: which file, where in it, what was expected, and what to do.
package struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is; the exit code follows from it.
  package enum Kind: Sendable {
    /// There is a file, but not what it should be.
    case corrupt
    /// There is no file, or it may not be read.
    case missing
    /// The study asks for something that the data set cannot give.
    case unusable
    /// A file could not be written.
    case unwritable
  }

  /// What kind of trouble it is.
  package var kind: Kind
  /// The file, or the data set's name where it is about no file.
  package var file: String
  /// Where in the file, in bytes from its start; nil if it is about the whole file. For the
  /// contents of a compressed file, `isDecoded` is true and the count is of uncompressed bytes.
  package var offset: Int?
  /// Whether `offset` counts uncompressed bytes.
  package var isDecoded: Bool
  /// What was expected and what was found, without a full stop.
  package var problem: String
  /// What to do.
  package var advice: String?

  /// Describes what is wrong.
  package init(
    _ kind: Kind, file: String, offset: Int? = nil, isDecoded: Bool = false, _ problem: String,
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
      case _ where error.isMissing: "check the path"
      case 13: "check who may read it (`ls -l`)"
      case 21: "name the file in it"
      default: "check the disk"
      }
    self.init(
      .missing, file: error.path, "cannot \(error.operation) it: \(error.reason)", advice: advice)
  }

  /// What to do about a whole file with other contents than the catalogue's.
  static let otherSet = """
    the file belongs to another data set, or is damaged: get it again; to train on other data in \
    this format, say "files" with its folder and "unverified": true in the study's data set
    """

  /// The process's exit code: 65 corrupt, 66 missing, 64 unusable, 74 unwritable.
  package var exitCode: Int32 {
    switch kind {
    case .corrupt: 65
    case .missing: 66
    case .unusable: 64
    case .unwritable: 74
    }
  }

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

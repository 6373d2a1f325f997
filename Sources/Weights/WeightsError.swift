import Canonical
import Durable

/// Why a file of weights cannot be used: which file, which tensor, what was expected, what to do.
package struct WeightsError: ReportedError, Equatable {
  /// A file of another network's weights counts as corrupt.
  package var kind: ErrorKind
  package var file: String
  /// The tensor's name; nil if it is about the whole file.
  package var tensor: String?
  /// Where in the file, in bytes from its start, if that is known.
  package var offset: Int?
  /// What was expected and what was found, without a full stop.
  package var problem: String
  package var advice: String?

  package init(
    _ kind: ErrorKind, file: String, tensor: String? = nil, offset: Int? = nil, _ problem: String,
    advice: String? = nil
  ) {
    self.kind = kind
    self.file = file
    self.tensor = tensor
    self.offset = offset
    self.problem = problem
    self.advice = advice
  }

  /// A file that could not be opened or read.
  init(reading error: FileError) {
    self.init(
      .missing, file: error.path, "cannot \(error.verb) it: \(error.reason)",
      advice: error.isMissing ? "check the path" : error.advice)
  }

  /// One sentence without a full stop: file, place, tensor, problem.
  package var message: String {
    let place = offset.map { "byte \($0): " } ?? ""
    let subject = tensor.map { "tensor \"\($0)\": " } ?? ""
    return "\(file): \(place)\(subject)\(problem)"
  }
}

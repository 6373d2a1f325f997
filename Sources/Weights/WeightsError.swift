import Durable

/// Why a file of weights cannot be used: which file, which tensor, what was expected, what to do.
package struct WeightsError: Error, Equatable, Sendable {
  /// What kind of trouble it is; the exit code follows from it.
  package enum Kind: Sendable {
    /// The file is damaged, or no safetensors file.
    case corrupt
    /// The file is whole, but belongs to another network.
    case mismatch
    /// There is no such file, or it may not be read.
    case missing
    /// What is asked for cannot be.
    case unusable
  }

  /// What kind of trouble it is.
  package var kind: Kind
  package var file: String
  /// The tensor's name; nil if it is about the whole file.
  package var tensor: String?
  /// Where in the file, in bytes from its start, if that is known.
  package var offset: Int?
  /// What was expected and what was found, without a full stop.
  package var problem: String
  /// What to do.
  package var advice: String?

  /// Describes what is wrong.
  package init(
    _ kind: Kind, file: String, tensor: String? = nil, offset: Int? = nil, _ problem: String,
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
      .missing, file: error.path, "cannot \(error.operation) it: \(error.reason)",
      advice: error.isMissing ? "check the path" : nil)
  }

  /// The process's exit code: 65 corrupt or of another network, 66 missing, 64 unusable.
  package var exitCode: Int32 {
    switch kind {
    case .corrupt, .mismatch: 65
    case .missing: 66
    case .unusable: 64
    }
  }

  /// One sentence without a full stop: file, place, tensor, problem.
  package var message: String {
    let place = offset.map { "byte \($0): " } ?? ""
    let subject = tensor.map { "tensor \"\($0)\": " } ?? ""
    return "\(file): \(place)\(subject)\(problem)"
  }
}

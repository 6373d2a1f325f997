import TestSupport
import Testing

/// Texts of the repository that tests compare with what they should say.
enum SourceText {
  /// The file of this name below the package's folder.
  static func read(_ name: String) throws -> String { try RepositoryText.read(name) }

  /// Compares what stands between `<!-- marker -->` and `<!-- end of marker -->`.
  static func expect(
    _ name: String, _ text: String, between marker: String, holds expected: String
  ) throws {
    let isRight = try RepositoryText.holds(name, between: marker, expected)
    #expect(isRight, "\(name): REGBENCH_RECORD=1 writes it anew")
  }
}

/// A place in a text file, counted from 1 as editors do.
public struct SourceLocation: Hashable, Sendable {
  /// The file as the user named it, or a description such as `--set training.batch`.
  public var file: String
  /// The line, from 1; 0 when the value has no place in a file.
  public var line: Int
  /// The column in Unicode scalars, from 1.
  public var column: Int

  /// Names a place.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// A value that the program made.
  public static let none = SourceLocation(file: "", line: 0, column: 0)
}

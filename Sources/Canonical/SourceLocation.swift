/// A place in a text file, counted from 1 as editors do.
package struct SourceLocation: Hashable, Sendable {
  /// The file as the user named it, or a description such as `--set training.batch`.
  package var file: String
  /// The line, from 1; 0 when the value has no place in a file.
  package var line: Int
  /// The column in Unicode scalars, from 1.
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// A value that the program made.
  package static let none = SourceLocation(file: "", line: 0, column: 0)
}

import Canonical

/// Why a study cannot be run: every error in it, and the files they point into.
public struct InvalidStudy: Error, Sendable {
  /// All errors and warnings, in the order of the files and their lines.
  public let diagnostics: [Diagnostic]
  /// The bytes of the files that were read, by name.
  public let sources: [String: [UInt8]]

  init(_ diagnostics: DiagnosticCollector, _ files: [(name: String, bytes: [UInt8])]) {
    let names = files.map(\.name)
    func rank(_ place: SourceLocation) -> (Int, Int, Int) {
      (names.firstIndex(of: place.file) ?? names.count, place.line, place.column)
    }
    self.diagnostics = diagnostics.diagnostics.enumerated().sorted { a, b in
      let (x, y) = (rank(a.element.location), rank(b.element.location))
      return x == y ? a.offset < b.offset : x < y
    }.map(\.element)
    sources = Dictionary(files.map { ($0.name, $0.bytes) }) { first, _ in first }
  }

  /// The errors as a compiler prints them.
  public var text: String { DiagnosticPrinter.text(diagnostics, sources: sources) }
}

/// A file that could not be read.
public struct UnreadableFile: Error, Equatable, Sendable {
  /// Why, for example `No such file or directory`.
  public let reason: String

  /// Gives the reason.
  public init(reason: String) { self.reason = reason }
}

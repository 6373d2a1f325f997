import Canonical

/// Why a study cannot be run: every error in it, and the files they point into.
package struct InvalidStudy: ReportedError {
  /// `usage` for a config, `corrupt` for a study that the program itself has recorded.
  package var kind: ErrorKind
  /// All errors and warnings, in the order of the files and their lines.
  package let diagnostics: [Diagnostic]
  /// The bytes of the files that were read, by name.
  package let sources: [String: [UInt8]]

  init(
    _ kind: ErrorKind, _ diagnostics: DiagnosticCollector, _ files: [(name: String, bytes: [UInt8])]
  ) {
    self.kind = kind
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
  package var message: String { text }
  package var advice: String? { nil }
  package var isPrinted: Bool { true }

  package var text: String { DiagnosticPrinter.text(diagnostics, sources: sources) }
}

/// A file that could not be read.
package struct UnreadableFile: Error, Equatable, Sendable {
  /// Why, for example `No such file or directory`.
  package let reason: String
  /// What to do about it.
  package let advice: String?

  package init(reason: String, advice: String? = nil) {
    self.reason = reason
    self.advice = advice
  }
}

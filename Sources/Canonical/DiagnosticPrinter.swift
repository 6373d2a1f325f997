/// Shows diagnostics as compilers do: the place, the sentence, the source line with a caret, and
/// the way out.
package enum DiagnosticPrinter {
  /// Columns of a source line that are shown; longer lines are cut around the caret.
  private static let width = 100

  /// The text for a terminal or a log, ending with a newline unless there is nothing to say.
  /// `sources` holds the bytes of the files by name; where one is missing the line is left out.
  package static func text(_ diagnostics: [Diagnostic], sources: [String: [UInt8]]) -> String {
    diagnostics.map { text($0, source: sources[$0.location.file]) }.joined()
  }

  private static func text(_ diagnostic: Diagnostic, source: [UInt8]?) -> String {
    let place = diagnostic.location
    var lines = [
      "\(prefix(place))\(diagnostic.severity.rawValue): \(diagnostic.message.visible)"
    ]
    if let source, place.line > 0, let line = self.line(place.line, of: source) {
      lines += excerpt(line, column: place.column)
    }
    if let advice = diagnostic.advice { lines.append("  \(advice.visible)") }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func prefix(_ place: SourceLocation) -> String {
    let file = place.file.visible
    if place.line > 0 { return "\(file):\(place.line):\(place.column): " }
    return file.isEmpty ? "" : "\(file): "
  }

  private static func line(_ number: Int, of source: [UInt8]) -> [Unicode.Scalar]? {
    let lines = source.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard number <= lines.count else { return nil }
    var bytes = lines[number - 1]
    if bytes.last == 0x0D { bytes = bytes.dropLast() }
    return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }

  private static func excerpt(_ line: [Unicode.Scalar], column: Int) -> [String] {
    // Tabs and whatever else a terminal would obey become single spaces, so that the caret stands right.
    let clean = line.map { $0.isHidden ? " " : $0 }
    let caret = min(max(column - 1, 0), clean.count)
    var start = 0
    if clean.count > width, caret > width * 3 / 4 { start = caret - width / 2 }
    let end = min(clean.count, start + width)
    let head = start > 0 ? "…" : ""
    let tail = end < clean.count ? "…" : ""
    let shown = String(String.UnicodeScalarView(clean[start..<end]))
    let blanks = String(repeating: " ", count: head.count + caret - start)
    return ["    \(head)\(shown)\(tail)", "    \(blanks)^"]
  }
}

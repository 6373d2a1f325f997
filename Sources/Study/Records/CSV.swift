/// Comma-separated values as RFC 4180 defines them. A text that a spreadsheet would compute stands
/// behind an apostrophe, which reading takes off; numbers stay as they are.
package enum CSV {
  /// Why a text is not CSV.
  package struct Problem: Error, Equatable, Sendable {
    /// The line, from 1.
    package let line: Int
    /// One sentence without a full stop.
    package let message: String
  }

  /// One row, ending with a newline. Fields with commas, quotes or line breaks are quoted.
  package static func row(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  /// Whether a spreadsheet takes a text for a formula, or reading would take an apostrophe off.
  private static func needsGuard(_ field: some StringProtocol) -> Bool {
    guard let first = field.unicodeScalars.first else { return false }
    switch first {
    case "=", "+", "-", "@": return Double(field) == nil
    case "'": return needsGuard(field.dropFirst())
    default: return false
    }
  }

  private static func quoted(_ text: String) -> String {
    let field = needsGuard(text) ? "'" + text : text
    let needsQuotes = field.unicodeScalars.contains { [",", "\"", "\n", "\r"].contains($0) }
    guard needsQuotes else { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }

  /// The rows of a text, each with the line on which it starts. Empty lines are skipped; rows may
  /// end in CR LF.
  package static func parse(_ text: String) -> Result<[(line: Int, fields: [String])], Problem> {
    var rows: [(line: Int, fields: [String])] = []
    var fields: [String] = []
    var field = String.UnicodeScalarView()
    var (line, start) = (1, 1)
    var (isQuoted, wasQuoted) = (false, false)
    let scalars = Array(text.unicodeScalars)
    var index = 0

    func unguarded(_ field: String.UnicodeScalarView) -> String {
      let text = String(field)
      return text.hasPrefix("'") && needsGuard(text.dropFirst()) ? String(text.dropFirst()) : text
    }
    func endRow() {
      if !(fields.isEmpty && field.isEmpty && !wasQuoted) {
        rows.append((start, fields + [unguarded(field)]))
      }
      fields = []
      field = String.UnicodeScalarView()
      wasQuoted = false
    }

    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\n" { line += 1 }
      if isQuoted {
        if scalar != "\"" {
          field.append(scalar)
        } else if index < scalars.count, scalars[index] == "\"" {
          field.append("\"")
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch scalar {
      case ",":
        fields.append(unguarded(field))
        field = String.UnicodeScalarView()
        wasQuoted = false
      case "\r" where index < scalars.count && scalars[index] == "\n": continue
      case "\n":
        endRow()
        start = line
      case "\"" where field.isEmpty && !wasQuoted:
        isQuoted = true
        wasQuoted = true
      default:
        if scalar == "\"" || wasQuoted {
          return .failure(Problem(line: line, message: "a quote in the middle of a field"))
        }
        field.append(scalar)
      }
    }
    if isQuoted { return .failure(Problem(line: start, message: "a quote that is never closed")) }
    endRow()
    return .success(rows)
  }
}

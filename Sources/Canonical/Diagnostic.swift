/// Something wrong, or worth knowing, at one place of a file.
package struct Diagnostic: Error, Equatable, Sendable {
  /// How bad it is.
  package enum Severity: String, Sendable {
    /// Nothing can be run before it is mended.
    case error
    /// The study runs, but not as its author may believe.
    case warning
  }

  /// How bad it is.
  package var severity: Severity
  /// Where it stands.
  package var location: SourceLocation
  /// What is wrong, in one sentence without a full stop.
  package var message: String
  /// What to do: a suggestion, or the allowed keys.
  package var advice: String?

  package init(
    _ severity: Severity = .error, at location: SourceLocation, _ message: String,
    advice: String? = nil
  ) {
    self.severity = severity
    self.location = location
    self.message = message
    self.advice = advice
  }
}

/// All the diagnostics of one reading: readers add to it and go on, so that a user sees every
/// error at once.
package final class DiagnosticCollector {
  /// What was found so far, in the order of finding.
  package private(set) var diagnostics: [Diagnostic]

  /// Starts with what an earlier reading found, if there was one.
  package init(_ found: [Diagnostic] = []) { diagnostics = found }

  /// Whether anything forbids going on.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Adds a diagnostic, once.
  package func add(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }
}

/// Something wrong, or worth knowing, at one place of a file.
public struct Diagnostic: Error, Equatable, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// Nothing can be run before it is mended.
    case error
    /// The study runs, but not as its author may believe.
    case warning
  }

  /// How bad it is.
  public var severity: Severity
  /// Where it stands.
  public var location: SourceLocation
  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// What to do: a suggestion, or the allowed keys.
  public var advice: String?

  /// Describes an error (or a warning) and, if there is one, the way out.
  public init(
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
public final class DiagnosticCollector {
  /// What was found so far, in the order of finding.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Starts with nothing found.
  public init() {}

  /// Whether anything forbids going on.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Adds a diagnostic, once.
  public func add(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }
}

import Canonical

/// Why a command ends before its work is done: what a user reads and what a script sees.
struct Failure: Error, Equatable {
  let status: ExitStatus
  /// What standard error shows, without a newline at its end.
  let text: String

  /// One sentence without a full stop, and what to do about it.
  init(_ kind: ErrorKind, _ message: String, advice: String? = nil) {
    self.init(ExitStatus(kind), message, advice)
  }

  /// Two things that a command compares and that are not the same.
  static func comparison(_ message: String, advice: String? = nil) -> Failure {
    Failure(.comparisonFailed, message, advice)
  }

  private init(_ status: ExitStatus, _ message: String, _ advice: String?) {
    self.status = status
    let first = "regbench: error: \(message)"
    text = advice.map { "\(first)\n\($0)" } ?? first
  }

  /// What a user hears of an error that a module threw; one that no module documents is a bug.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as any ReportedError where error.isPrinted:
      self.init(error.kind, printed: error.message)
    case let error as any ReportedError:
      self.init(error.kind, error.message, advice: error.advice)
    default: self.init(.bug, "a bug in regbench: \(error)", advice: "please report it")
    }
  }

  /// Errors that a printer has set already, such as those of a config.
  init(_ kind: ErrorKind, printed: String) {
    status = ExitStatus(kind)
    text = printed.last == "\n" ? String(printed.dropLast()) : printed
  }

  /// The beginning of a run's id that is none, or that of several.
  static func run(
    _ wanted: String, among ids: [String], in place: String, advice: String? = nil
  ) -> Failure {
    let matches = Set(ids.filter { $0.hasPrefix(wanted) }).sorted()
    guard !matches.isEmpty else {
      return Failure(.missing, "no run in \(place) begins with \"\(wanted)\"", advice: advice)
    }
    return Failure(
      .usage, "\(matches.count) runs in \(place) begin with \"\(wanted)\"",
      advice: "write more of it, for example \(matches.prefix(3).joined(separator: ", "))")
  }

  /// A name on the command line that is not among the known ones.
  /// - Parameter typed: the part of the name that is looked for among them; nil for all of it.
  static func unknown(
    _ what: String, _ name: String, known: [String], _ typed: String? = nil
  ) -> Failure {
    var advice = "known: \(known.sorted().joined(separator: ", "))"
    if let near = Suggestion.nearest(to: typed ?? name, among: known) {
      advice = "did you mean \"\(near)\"? \(advice)"
    }
    return Failure(.usage, "unknown \(what) \"\(name)\"", advice: advice)
  }
}

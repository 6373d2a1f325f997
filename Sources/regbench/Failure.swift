import Canonical

/// Why a command ends before its work is done: what a user reads and what a script sees.
struct Failure: Error {
  var status: ExitStatus
  /// One sentence without a full stop.
  var message: String
  /// What to do about it.
  var advice: String?

  init(_ status: ExitStatus, _ message: String, advice: String? = nil) {
    self.status = status
    self.message = message
    self.advice = advice
  }

  /// What standard error shows.
  var text: String {
    let first = "regbench: error: \(message)"
    return advice.map { "\(first)\n\($0)" } ?? first
  }
}

extension Failure {
  /// A name on the command line that is not among the known ones.
  static func unknown(_ what: String, _ name: String, known: [String]) -> Failure {
    var advice = "known: \(known.sorted().joined(separator: ", "))"
    if let near = Suggestion.nearest(to: name, among: known) {
      advice = "did you mean \"\(near)\"? \(advice)"
    }
    return Failure(.usage, "unknown \(what) \"\(name)\"", advice: advice)
  }
}

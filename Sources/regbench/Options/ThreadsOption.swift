import ArgumentParser

/// `--threads` of a command that works in its own process.
struct ThreadsOption: ParsableArguments {
  /// How many threads, or worker processes, may be asked for: more than any machine has cores for.
  static let range = 1...1024

  @Option(help: "Threads.")
  var threads = 1

  func validate() throws { try Self.check("--threads", threads) }

  /// Refuses what is no number of threads or worker processes; nil is left to the program.
  static func check(_ option: String, _ value: Int?) throws(ValidationError) {
    try check(option, value, range)
  }

  /// Refuses a number that is out of its option's range.
  static func check(
    _ option: String, _ value: Int?, _ range: ClosedRange<Int>
  ) throws(ValidationError) {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(option) must be from \(range.lowerBound) to \(range.upperBound), found \(value)")
  }
}

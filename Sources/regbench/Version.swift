import CEmbedded

/// What this binary is.
enum Version {
  /// The release's number.
  static let number = "0.2.0"

  /// The commit, with `-dirty` where the work tree differed from it, or `unknown`.
  static var build: String { String(cString: regbench_build()) }

  /// The line of `--version`.
  static var text: String { "regbench \(number) (commit \(build))" }
}

/// A name, or a pattern with one `*` that stands for any text, such as `*.bias`.
package struct NamePattern: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// Whether a name is the pattern, or fits it.
  package func matches(_ name: String) -> Bool {
    let parts = text.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return name == text }
    return name.count >= text.count - 1 && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
  }

  /// The names that patterns mean, in the order of the patterns, each once.
  /// - Parameter problem: the error for a pattern that no name fits.
  package static func names<Problem: Error>(
    of patterns: [String], among legal: [String], orThrow problem: (String) -> Problem
  ) throws(Problem) -> [String] {
    var chosen: [String] = []
    for pattern in patterns {
      let matching = legal.filter(NamePattern(pattern).matches)
      guard !matching.isEmpty else { throw problem(pattern) }
      chosen += matching.filter { !chosen.contains($0) }
    }
    return chosen
  }
}

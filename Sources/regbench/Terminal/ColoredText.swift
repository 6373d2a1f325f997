import Report

/// Colours for words that a reader looks for. The text is the same without them.
struct ColoredText {
  let terminal: Terminal

  /// Lines of talk: `error:` and `warning:` behind a place or the program's name.
  func talk(_ text: String) -> String {
    guard terminal.hasColor else { return text }
    return lines(text) { line in
      for (word, color) in [("error:", Terminal.Color.red), ("warning:", .yellow)] {
        if let place = line.ranges(of: ": \(word)").first {
          return line[..<place.lowerBound] + ": " + terminal.colored(word, color)
            + line[place.upperBound...]
        }
      }
      return line
    }
  }

  /// Tables: the verdicts in them, but not where a sentence explains what they mean.
  func verdicts(_ text: String) -> String {
    guard terminal.hasColor else { return text }
    return lines(text) { line in
      Verdict.allCases.reduce(line) { line, verdict in
        guard let color = Self.color(of: verdict) else { return line }
        return self.words(verdict.rawValue, in: line, color)
      }
    }
  }

  /// The counts of `status`: what is done, running and failed.
  func states(_ text: String) -> String {
    guard terminal.hasColor else { return text }
    return lines(text) { line in
      if line.hasPrefix("failed") { return terminal.colored(line, .red) }
      if line.hasPrefix("running") { return terminal.colored(line, .green) }
      guard let place = line.ranges(of: ", 0 failed").first else {
        guard let count = line.ranges(of: ", ").last?.upperBound, line.hasSuffix(" failed") else {
          return line
        }
        return line[..<count] + terminal.colored(String(line[count...]), .red)
      }
      return line[..<place.lowerBound] + terminal.colored(", 0 failed", .faint)
        + line[place.upperBound...]
    }
  }

  private static func color(of verdict: Verdict) -> Terminal.Color? {
    switch verdict {
    case .reproduced, .better: .green
    case .worse: .red
    case .lower, .higher, .undecided, .limitedByPaper: .yellow
    case .notJudged, .reducedProfile, .altered: nil
    }
  }

  private func lines(_ text: String, _ body: (String) -> String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { body(String($0)) }
      .joined(separator: "\n")
  }

  /// Colours a word where it stands alone at the end of a line or in a column, that is between two
  /// blanks or more.
  private func words(_ word: String, in line: String, _ color: Terminal.Color) -> String {
    var result = ""
    var rest = line[...]
    while let place = rest.ranges(of: word).first {
      let before = rest[..<place.lowerBound]
      let after = rest[place.upperBound...]
      let isColumn = before.hasSuffix("  ") || (result + before).isEmpty
      let ends = after.isEmpty || after.hasPrefix("  ") || after.hasPrefix(" +")
      result += before + (isColumn && ends ? terminal.colored(word, color) : word)
      rest = after
    }
    return result + rest
  }
}

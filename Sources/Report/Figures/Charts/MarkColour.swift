/// Colours of verdicts and outcomes, ink on a ground of their own. Each pair has a contrast of 4.5 at
/// least, and the word says what the colour does.
enum MarkColour: String, CaseIterable {
  /// As the paper has it.
  case good
  /// Better than the paper has it.
  case more
  /// Against the paper.
  case bad
  /// Undecided.
  case open
  /// Not comparable.
  case warn

  private var light: (ink: String, ground: String) {
    switch self {
    case .good: ("#0a5c36", "#dff3e7")
    case .more: ("#0b4f8a", "#e0eefb")
    case .bad: ("#8a2c0d", "#fdeae3")
    case .open: ("#57534e", "#f1efec")
    case .warn: ("#5f4600", "#fdf3d8")
    }
  }

  private var dark: (ink: String, ground: String) {
    switch self {
    case .good: ("#7fe0ae", "#0f2e20")
    case .more: ("#8cc6ff", "#10273f")
    case .bad: ("#ffab8c", "#3a1a10")
    case .open: ("#cfc9c2", "#2a2826")
    case .warn: ("#f3d37c", "#33290d")
    }
  }

  /// The variables of a page's style sheet: `--good` and `--goodbg` and so on.
  static func variables(isDark: Bool) -> String {
    allCases.map { colour in
      let pair = isDark ? colour.dark : colour.light
      return "--\(colour.rawValue):\(pair.ink);--\(colour.rawValue)bg:\(pair.ground)"
    }.joined(separator: ";")
  }

  /// The rules of a page for its marks: `.mark.good` and so on.
  static var pageRules: String {
    allCases.map { colour in
      let name = colour.rawValue
      return ".mark.\(name){background:var(--\(name)bg);color:var(--\(name))}"
    }.joined(separator: "\n")
  }

  /// The rules of a figure for a mark: a group of a rectangle and a text.
  static var markStyle: String {
    func rules(_ pair: (MarkColour) -> (ink: String, ground: String)) -> String {
      allCases.map { colour in
        let (ink, ground) = pair(colour)
        let name = ".rbf .\(colour.rawValue)"
        return "\(name) rect{fill:\(ground)}\n\(name) text{fill:\(ink);font-weight:600}\n"
      }.joined()
    }
    return ".rbf .strong{font-weight:600}\n.rbf .number{font-variant-numeric:tabular-nums}\n"
      + rules(\.light) + "@media (prefers-color-scheme:dark){\n" + rules(\.dark) + "}\n"
  }
}

extension Verdict {
  var colour: MarkColour {
    switch self {
    case .reproduced: .good
    case .better: .more
    case .worse: .bad
    case .lower, .higher, .undecided, .limitedByPaper, .notJudged: .open
    case .reducedProfile, .altered: .warn
    }
  }
}

extension Comparison.Outcome {
  var colour: MarkColour {
    switch self {
    case .confirmed: .good
    case .contradicted, .different: .bad
    case .open, .identical, .tooFew: .open
    }
  }
}

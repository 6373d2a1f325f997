import Report

/// The verdicts on cells, and what each means.
enum VerdictReference {
  static var markdown: String {
    "| verdict | means |\n| --- | --- |\n"
      + Verdict.allCases.map { "| \($0.rawValue) | \($0.meaning) |\n" }.joined()
      + "\n\(Verdict.rule)\n\nOf the place where an error is lowest:\n\n"
      + "| verdict | means |\n| --- | --- |\n"
      + Verdict.allCases.compactMap { verdict in
        verdict.meaningOfPlace.map { "| \(verdict.rawValue) | \($0) |\n" }
      }.joined() + "\n\(Verdict.ruleOfPlaces)\n"
  }
}

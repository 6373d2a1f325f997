import Study

/// The kept results paper by paper: its studies, and which of its claims hold on them.
struct PaperSummary {
  /// What the paper's method is called; what stands for studies without a paper.
  var name: String
  /// The name in configs; nil for studies without a paper.
  var paper: String?
  var studies: [(name: String, study: StudyRecords)]

  /// All papers with published numbers, whether anything is there or not, then what belongs to none.
  static func all(
    _ entries: [ResultsFolder.Entry], published: PublishedNumbers = .embedded
  ) -> [PaperSummary] {
    let studies = entries.compactMap { entry -> (name: String, study: StudyRecords)? in
      guard case .success(let study) = entry.study else { return nil }
      return (entry.name, study)
    }
    func paper(_ study: StudyRecords) -> String? {
      study.table.sections.lazy.compactMap { $0.paper?.paper }.first
        ?? published.papers.first { study.study.name.hasPrefix(Self.stem($0)) }?.paper
    }
    let known = published.papers.map { one in
      PaperSummary(
        name: one.name, paper: one.paper,
        studies: studies.filter { paper($0.study) == one.paper })
    }
    let rest = studies.filter { paper($0.study) == nil }
    return known
      + (rest.isEmpty ? [] : [PaperSummary(name: "Without a paper", paper: nil, studies: rest)])
  }

  /// What the names of a paper's studies begin with.
  private static func stem(_ paper: PublishedPaper) -> String {
    let first = paper.paper.split(separator: "_").first.map(String.init) ?? paper.paper
    return first + "-"
  }

  /// Which of the paper's claims hold on what was run as the paper has it, in a sentence or two.
  var claims: String {
    let judged = studies.flatMap { $0.study.table.sections }.filter { $0.isJudged }
    let claims = judged.flatMap(\.claims)
    guard claims.contains(where: { $0.outcome != .tooFew }) else {
      return paper == nil
        ? "" : "No claim of the paper has been tested yet on a study as the paper has it."
    }
    let parts = Comparison.Outcome.allCases.compactMap { outcome -> String? in
      let own = claims.filter { $0.outcome == outcome }
      guard !own.isEmpty else { return nil }
      if outcome == .tooFew { return "Not yet enough runs: \(own.count)" }
      let sentences = own.map(\.sentence)
        .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let words = sentences.map { sentence in
        let rows = own.filter { $0.sentence == sentence }.map(\.row)
        return "\(sentence) (\(rows.joined(separator: ", ")))"
      }
      let name = outcome.rawValue.prefix(1).uppercased() + outcome.rawValue.dropFirst()
      return "\(name): \(words.joined(separator: "; "))"
    }
    return parts.joined(separator: ". ") + "."
  }
}

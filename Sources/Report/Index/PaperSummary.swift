import Canonical
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

  /// How the paper's claims stand on what was run as the paper has it, in a few sentences; empty where
  /// it makes none.
  func claims(of published: PublishedNumbers = .embedded) -> String {
    let tables = claimedTables(published)
    let all = tables.reduce(0) { $0 + $1.claims }
    guard all > 0 else { return "" }
    let tested = tables.flatMap { table in
      table.tests.filter { $0.outcome != .tooFew }.map { (table: table.label, test: $0) }
    }
    guard !tested.isEmpty else {
      return "None of the paper's \(all) claims has been tested yet on a study as the paper has it."
    }
    let none =
      tested.contains { $0.test.outcome == .confirmed } ? [] : ["0 of \(all) claims confirmed"]
    let parts = tested.map(\.test.outcome).counts.map { outcome, count in
      let own = tested.filter { $0.test.outcome == outcome }
      let sentences = own.map { "\($0.test.sentence) in \($0.table)" }
      let words = sentences.unique.map { sentence in
        let rows = zip(sentences, own).filter { $0.0 == sentence }.map(\.1.test.row)
        return "\(sentence) (\(rows.joined(separator: ", ")))"
      }
      let of = outcome == .confirmed ? " of \(all) claims" : ""
      return "\(count)\(of) \(outcome.rawValue): \(words.joined(separator: "; "))"
    }
    let rest = all > tested.count ? ["\(all - tested.count) not tested yet"] : []
    return (none + parts + rest + otherOutcomes).joined(separator: ". ") + "."
  }

  /// The folder that counts in the place of one that holds the same study under another name; nil for
  /// one that counts itself.
  func counted(insteadOf name: String) -> String? {
    guard let copy = studies.first(where: { $0.name == name })?.study.study,
      !copy.isHeld(in: name)
    else { return nil }
    return studies.first { $0.study.study.folder == copy.folder && copy.isHeld(in: $0.name) }?.name
  }

  /// What the claims come to in folders that do not count, where that is something else.
  private var otherOutcomes: [String] {
    studies.compactMap { name, study in
      guard let counted = counted(insteadOf: name),
        let own = studies.first(where: { $0.name == counted })?.study
      else { return nil }
      let claims = StudySummary(study).claims
      guard !claims.isEmpty, claims != StudySummary(own).claims else { return nil }
      return "Another outcome of \(counted) is kept in \(name): \(claims)"
    }
  }

  /// The tables that the paper claims something of: how many claims, and the tests of those that a study
  /// as the paper has it can test.
  private func claimedTables(
    _ published: PublishedNumbers
  ) -> [(label: String, claims: Int, tests: [Comparison])] {
    let own = studies.filter { $0.study.study.isHeld(in: $0.name) }
    let others = studies.filter { !$0.study.study.isHeld(in: $0.name) }
    let judged = (own + others).flatMap { $0.study.table.sections }.filter(\.isJudged)
    let claimed = published.claims.filter { $0.paper == paper }
    return published.tables.filter { $0.paper == paper }.flatMap { table in
      claimed.filter { $0.table == table.table }.map(\.metric).unique.map { metric in
        let tests = judged.filter { $0.published == table && $0.metric.name == metric }
          .map(\.claims)
        let tested = tests.first { $0.contains { $0.outcome != .tooFew } }
        let claims = published.claims(table.paper, table.table, metric: metric)
        return (label: table.label, claims: claims.count, tests: tested ?? tests.first ?? [])
      }
    }
  }
}

extension StudySpec {
  /// Whether a folder has the name that the study gives its results: others are kept beside it.
  func isHeld(in folder: String) -> Bool {
    func last(_ path: String) -> Substring? { path.split(separator: "/").last }
    return last(folder) == last(self.folder)
  }
}

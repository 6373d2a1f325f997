import Study

/// The index of all results as Markdown, a part of `results/README.md`.
package enum IndexMarkdown {
  /// The line before it.
  package static let start =
    "<!-- index: written by `regbench report results`; changes between these lines are lost -->\n"
  /// The line behind it.
  package static let end = "<!-- end of index -->\n"

  /// The text with the index between the two lines; nil if it does not have them.
  package static func inserting(_ entries: [ResultsFolder.Entry], into text: String) -> String? {
    guard let first = text.ranges(of: start).first?.upperBound,
      let last = text[first...].ranges(of: end).first?.lowerBound
    else { return nil }
    return text[..<first] + Self.text(entries) + text[last...]
  }

  /// The index. Folders called `smoke` are not kept with the source code, so they are not in it.
  static func text(_ entries: [ResultsFolder.Entry]) -> String {
    let kept = entries.filter { !$0.name.hasSuffix("/smoke") }
    guard !kept.isEmpty else { return "\nNothing has been kept yet.\n\n" }
    let papers = PaperSummary.all(kept)
    var lines = ["", "| study | runs | date | what it says |", "| --- | ---: | --- | --- |"]
    for paper in papers {
      for (name, study) in paper.studies {
        let summary = StudySummary(study)
        let date = study.provenance?.sessions.last?.date.prefix(10) ?? "–"
        let link = "[\(escaped(name))](\(name)/table.md)"
        let aside = paper.counted(insteadOf: name).map { "kept beside \($0), which counts: " } ?? ""
        lines.append("| \(link) | \(summary.runs) | \(date) | \(escaped(aside + summary.line)) |")
      }
    }
    for entry in kept {
      guard case .failure = entry.study else { continue }
      lines.append("| \(escaped(entry.name)) | – | – | cannot be read |")
    }
    lines += ["", "## Which claims hold", ""]
    lines += papers.map { ($0.name, $0.claims()) }.filter { !$0.1.isEmpty }.map {
      "- **\(escaped($0))**: \(escaped($1))"
    }
    let matrix = MarkdownRenderer.text([.table(PublishedMatrix(kept).countTable)])
    lines += ["", "## Published numbers", "", matrix]
    for paper in papers where !paper.studies.isEmpty {
      lines += ["## \(escaped(paper.name))", ""]
      for (name, study) in paper.studies { lines += block(study, name) }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private static func block(_ study: StudyRecords, _ name: String) -> [String] {
    var lines = [
      "### \(escaped(name))", "", escaped(study.table.title ?? study.study.name) + ".", "",
    ]
    if let reduction = study.table.reduction { lines += ["**\(escaped(reduction))**", ""] }
    lines += StudySummary(study).stateSentences.map { "- \(escaped($0))." }
    lines += study.table.missingRows.map { "- \(escaped($0))" }
    if study.table.hasComparison {
      lines += ["", "![\(comparisonTitle)](\(name)/table.svg)"]
    }
    if let first = study.figures.figures.first {
      lines += ["", "![\(escaped(first.title))](\(name)/figures/\(first.fileName))"]
      lines += more(study.figures.figures.dropFirst(), name)
    }
    return lines + [""]
  }

  private static let comparisonTitle = "Ours, the published values below, and the verdicts"

  /// The other figures as links: pictures of all would make the page too long.
  private static func more(_ figures: ArraySlice<Figure>, _ name: String) -> [String] {
    guard !figures.isEmpty else { return [] }
    let links = figures.map { "[\(escaped($0.title))](\(name)/figures/\($0.fileName))" }
    return ["", "More: \(links.joined(separator: " · "))"]
  }

  private static func escaped(_ text: String) -> String { MarkdownRenderer.escaped(text) }
}

import Study

/// The page of all results: paper by paper which claims hold, a card for each study, and every
/// published number with what is known of it.
package struct IndexPage {
  private let entries: [ResultsFolder.Entry]
  private let folder: String

  /// Draws nothing yet.
  package init(_ entries: [ResultsFolder.Entry], folder: String) {
    self.entries = entries
    self.folder = folder
  }

  /// The document.
  package var html: String {
    let papers = PaperSummary.all(entries)
    let matrix = PublishedMatrix(entries)
    var page = Page(title: "Results", kicker: folder)
    page.parts = [
      ("Which claims hold", claims(papers)),
      ("Studies", papers.map(cards).joined() + unreadable),
      ("Published numbers", numbers(papers, matrix)),
      ("State", state),
      ("Write it again", HTML.command(["regbench report \(folder)"])),
    ]
    return page.html
  }

  private func claims(_ papers: [PaperSummary]) -> String {
    let items = papers.map { ($0.name, $0.claims()) }.filter { !$0.1.isEmpty }.map {
      "<dt>\(HTML.escaped($0))</dt><dd>\(HTML.sentence($1))</dd>\n"
    }
    return items.isEmpty ? "" : "<dl class=\"words\">\n\(items.joined())</dl>\n"
  }

  private func cards(_ paper: PaperSummary) -> String {
    if paper.studies.isEmpty { return "" }
    let cards = paper.studies.map { name, study in
      card(name, study, counted: paper.counted(insteadOf: name))
    }
    return HTML.heading(3, paper.name) + "<div class=\"cards\">\n\(cards.joined())</div>\n"
  }

  /// - Parameter counted: the folder that counts in its place; nil where it counts itself.
  private func card(_ name: String, _ study: StudyRecords, counted: String?) -> String {
    let summary = StudySummary(study)
    let title = HTML.escaped(study.table.title ?? study.study.name)
    let date = study.provenance?.sessions.last.map { String($0.date.prefix(10)) }
    let aside = counted.map { "kept beside \($0), which counts" }
    let facts = [summary.runs + " runs", date, aside].compactMap { $0 }.joined(separator: ", ")
    let reduction = study.table.reduction.map { "<p class=\"quiet\">\(HTML.escaped($0))</p>\n" }
    return """
      <article class="card">
      <h4><a href="\(HTML.escaped(name))/report.html">\(title)</a></h4>
      <p class="quiet">\(HTML.escaped(name)): \(HTML.escaped(facts))\(GlanceMarkup.bar(summary.share))</p>
      <p>\(summary.verdictMarks)</p>
      \(reduction ?? "")\(thumbnail(study))</article>

      """
  }

  /// The first figure that is not too large to be shown on the index.
  private func thumbnail(_ study: StudyRecords) -> String {
    let most = 60_000
    guard let figure = study.figures.figures.first(where: { $0.svg.utf8.count < most }) else {
      return ""
    }
    return "<figure>\n\(FigureMarkup.inside(figure.svg))</figure>\n"
  }

  private func numbers(_ papers: [PaperSummary], _ matrix: PublishedMatrix) -> String {
    let parts = papers.compactMap { paper in
      paper.paper.map {
        HTML.heading(3, "\(paper.name): every number") + matrix.markup(paper: $0)
      }
    }
    return HTML.paragraph(
      "Every number of every results table of the papers, and what the studies here say about it.")
      + matrix.legend + HTMLRenderer.markup([.table(matrix.countTable)]) + parts.joined()
  }

  /// Folders that cannot be read, with the reason.
  private var unreadable: String {
    HTML.list(
      entries.compactMap { entry in
        guard case .failure(let problem) = entry.study else { return nil }
        return "\(entry.name) cannot be read: \(problem.message)"
      })
  }

  private var state: String {
    entries.map { entry in
      guard case .success(let study) = entry.study else { return "" }
      let sentences = StudySummary(study).stateSentences + study.table.missingRows
      return "<h3>\(HTML.escaped(entry.name))</h3>\n" + HTML.list(sentences)
    }.joined()
  }
}

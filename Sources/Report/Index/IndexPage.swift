import Study

/// The page of all results: what each study says, and how far it is.
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
    var page = Page(title: "Results", kicker: folder)
    page.parts = [
      ("Studies", overview), ("State", state),
      ("Write it again", HTML.command(["regbench report \(folder)"])),
    ]
    return page.html
  }

  private var overview: String {
    let rows = entries.map { entry -> [HTML.Cell] in
      switch entry.study {
      case .success(let study):
        let summary = StudySummary(study)
        let link =
          "<a href=\"\(HTML.escaped(entry.name))/report.html\">\(HTML.escaped(entry.name))</a>"
        return [
          HTML.Cell(markup: link), HTML.Cell(study.table.title ?? study.study.name, isText: true),
          HTML.Cell(summary.runs), HTML.Cell(summary.line, isText: true),
        ]
      case .failure(let problem):
        return [
          HTML.Cell(entry.name), HTML.Cell("cannot be read", isText: true),
          HTML.Cell(ResultLine.nothing), HTML.Cell(problem.message, isText: true),
        ]
      }
    }
    return HTML.table(
      header: ["folder", "study", "runs", "what it says"], rows: rows,
      caption: "A cell is a number of a paper's table; the verdict sets ours beside it")
  }

  private var state: String {
    entries.map { entry in
      guard case .success(let study) = entry.study else { return "" }
      let sentences =
        StudySummary(study).stateSentences
        + study.table.missingRows
      return "<h3>\(HTML.escaped(entry.name))</h3>\n" + HTML.list(sentences)
    }.joined()
  }
}

import Study

/// Entries for a bibliography: the papers whose numbers a study stands beside, and the program.
package enum BibTeX {
  /// The entries of a study; those of all papers for nil.
  /// - Parameter version: the program's.
  package static func text(
    _ study: StudySpec?, version: String, published: PublishedNumbers = .embedded
  ) -> String {
    let papers = published.papers.filter { paper in
      study.map { $0.reproduces.contains { $0.paper == paper.paper } } ?? true
    }
    return (papers.map(entry) + [program(version)]).joined(separator: "\n")
  }

  private static func entry(_ paper: PublishedPaper) -> String {
    let isArticle = paper.venue.map { !$0.lowercased().contains("arxiv") } ?? false
    var fields = [("title", "{\(LaTeXRenderer.escaped(paper.title))}")]
    if !paper.authors.isEmpty {
      fields.append(("author", LaTeXRenderer.escaped(paper.authors.joined(separator: " and "))))
    }
    if let venue = paper.venue {
      fields.append((isArticle ? "journal" : "howpublished", LaTeXRenderer.escaped(venue)))
    }
    if let year = paper.year { fields.append(("year", String(year))) }
    return record(isArticle ? "article" : "misc", paper.paper, fields)
  }

  private static func program(_ version: String) -> String {
    record(
      "software", "regbench",
      [
        ("title", "{regbench: experiments of papers on the regularization of neural networks}"),
        ("author", "{The regbench authors}"), ("version", version), ("license", "Apache-2.0"),
      ])
  }

  private static func record(
    _ kind: String, _ key: String, _ fields: [(name: String, value: String)]
  ) -> String {
    let lines = fields.map { "  \($0.name) = {\($0.value)},\n" }
    return "@\(kind){\(key),\n\(lines.joined())}\n"
  }
}

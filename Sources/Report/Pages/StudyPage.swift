import Study

/// `report.html`: a study on one page, from what it says about the paper down to each run.
package struct StudyPage {
  private let study: StudyRecords
  /// Seconds after which a browser reads the page again; nil for a page that stays as it is.
  private let refreshSeconds: Int?
  private var table: ResultTable { study.table }

  /// Draws nothing yet.
  package init(_ study: StudyRecords, refreshSeconds: Int? = nil) {
    self.study = study
    self.refreshSeconds = refreshSeconds
  }

  /// The document.
  package var html: String {
    var page = Page(
      title: table.title ?? table.study.name,
      kicker: "\(table.study.name), \(table.study.form)")
    page.refreshSeconds = refreshSeconds
    page.banners = [table.reduction].compactMap { $0 } + table.remarks
    page.opening = GlanceMarkup(study: study).markup + downloads
    page.parts = [
      ("Results", results),
      ("Figures", FigureMarkup(figures: study.figures, shownElsewhere: besideTables).markup),
      ("What differs, and what was tried", commentary),
      ("Hyper-parameters", hyperparameters),
      ("Choices and deviations", HTML.columns(HTML.list(table.notes))),
      ("Published numbers", HTMLRenderer.markup(table.paperBlocks)),
      ("Runs", RunMarkup(study: study).markup),
      ("Where the numbers come from", OriginMarkup(study: study).markup),
      ("Run it again", RepeatMarkup(study: study).markup),
    ]
    return page.html
  }

  private var downloads: String {
    let files = [
      HTML.download(CSVExport.text(table), as: "table.csv", type: "text/csv"),
      HTML.download(LaTeXRenderer.text(table), as: "table.tex", type: "application/x-tex"),
      HTML.download(
        RecordedRuns.csv(study.records, axes: study.study.axes.map(\.key)), as: "runs.csv",
        type: "text/csv"),
    ]
    return "<p class=\"quiet\">Take along: \(files.joined(separator: " · "))</p>\n"
  }

  /// What is finished comes first; tables of which nothing is there yet wait folded.
  private var results: String {
    let begun = table.sections.filter { $0.lines.contains(where: \.hasRuns) }
    let waiting = table.sections.filter { !$0.lines.contains(where: \.hasRuns) }
    let shown = begun.map { section in
      let drawings = study.figures.figures.filter { $0.section == section.title }
      let pictures = drawings.map { FigureMarkup.figure($0) }.joined()
      return HTML.heading(3, section.title)
        + "<div class=\"beside\">\n<div class=\"table\">\n"
        + HTMLRenderer.markup(
          Array(
            section.fullBlocks(
              claimsOfReduced: true, claimExplanation: table.study.claimExplanation
            ).dropFirst()))
        + "</div>\n"
        + (pictures.isEmpty ? "" : "<div class=\"drawings\">\n\(pictures)</div>\n") + "</div>\n"
    }
    let rest = waiting.map { section in
      HTML.details(
        "Not begun: \(section.title)",
        HTMLRenderer.markup(Array(section.tableBlocks.dropFirst())))
    }
    let distances =
      table.distanceBlocks.isEmpty
      ? ""
      : HTML.heading(3, VariantDistances.heading)
        + HTMLRenderer.markup(table.distanceBlocks)
    return (shown + [distances] + rest).joined()
  }

  /// The files of the figures that stand beside the table that they draw.
  private var besideTables: Set<String> {
    let titles = Set(table.sections.map(\.title))
    return Set(
      study.figures.figures.filter { $0.section.map(titles.contains) ?? false }.map(\.fileName))
  }

  private var commentary: String {
    HTML.columns(study.commentary.map { HTML.paragraph($0) }.joined())
  }

  private var hyperparameters: String {
    let values: [Block] = table.hyperparameterTable.map { [.table($0)] } ?? []
    let selection = table.selectionBlocks
    if selection.isEmpty { return HTMLRenderer.markup(values) }
    let pictures = SearchChart.all(of: table)
      .map { "<figure>\n\(FigureMarkup.inside($0))</figure>\n" }.joined()
    // What was chosen stands in the first table; the plain list of values can wait.
    return (pictures.isEmpty ? "" : "<div class=\"figures\">\n\(pictures)</div>\n")
      + HTMLRenderer.markup(
        selection + (values.isEmpty ? [] : [.details("Hyper-parameters of every row", values)]))
  }
}

/// What a study says in a few boxes: verdicts, claims, how far it is, what it took.
struct GlanceMarkup {
  let study: StudyRecords

  var markup: String {
    let summary = StudySummary(study)
    var facts = [
      ("Cells with a published value", summary.verdictMarks),
      (
        summary.isJudged ? "The paper's claims" : "The paper's claims, as run",
        HTML.escaped(summary.claims)
      ),
      ("Final runs", HTML.escaped(summary.runs) + Self.bar(summary.share)),
    ]
    if let seconds = study.totalSeconds {
      facts.append(("Trained", HTML.escaped("\(Quantities.duration(seconds)) of one core")))
    }
    let items = facts.filter { !$0.1.isEmpty }.map { name, value in
      "<div><dt>\(HTML.escaped(name))</dt><dd>\(value)</dd></div>\n"
    }
    return "<dl class=\"glance\">\n\(items.joined())</dl>\n"
  }

  /// A bar that is filled by a share of its length.
  static func bar(_ share: Double) -> String {
    let percent = DecimalText.fixed(100 * min(1, max(0, share)), decimals: 1)
    return
      "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:\(percent)%\"></span></span>"
  }
}

import Study

/// `report.html`: a study on one page, from what it says about the paper down to each run.
package struct StudyPage {
  private let study: StudyRecords
  private var table: ResultTable { study.table }

  /// Draws nothing yet.
  package init(_ study: StudyRecords) { self.study = study }

  /// The document.
  package var html: String {
    var page = Page(
      title: table.title ?? table.study.name,
      kicker: "\(table.study.name), "
        + (table.study.profile == ProfilePatch.asWritten
          ? "the study as its file stands" : "profile \(table.study.profile)"))
    page.banners = [table.reduction].compactMap { $0 } + table.remarks
    page.parts = [
      ("At a glance", glance),
      (
        "Tables",
        HTMLRenderer.markup(table.sections.flatMap { $0.fullBlocks(claimsOfReduced: true) })
      ),
      ("Figures", FigureMarkup(figures: study.figures).markup),
      ("What differs, and what was tried", commentary),
      ("Hyper-parameters", hyperparameters),
      ("Choices and deviations", HTML.list(table.notes)),
      ("Published numbers", HTMLRenderer.markup(table.paperBlocks)),
      ("Runs", RunMarkup(study: study).markup),
      ("Where the numbers come from", OriginMarkup(study: study).markup),
      ("Run it again", RepeatMarkup(study: study).markup),
    ]
    return page.html
  }

  private var glance: String {
    let summary = StudySummary(study)
    var facts: [(name: String, value: String)] = [
      ("Cells with a published value", summary.cells),
      ("The paper's claims", summary.claims), ("Runs of the tables", summary.runs),
    ]
    if let seconds = study.totalSeconds {
      facts.append(("Trained", "\(TimeText.duration(seconds)) of one core"))
    }
    let items = facts.filter { !$0.value.isEmpty }.map { fact in
      "<div><dt>\(HTML.escaped(fact.name))</dt><dd>\(HTML.escaped(fact.value))</dd></div>\n"
    }
    return "<dl class=\"glance\">\n\(items.joined())</dl>\n"
  }

  private var commentary: String { study.commentary.map { HTML.paragraph($0) }.joined() }

  private var hyperparameters: String {
    let values: [Block] = table.hyperparameterTable.map { [.table($0)] } ?? []
    let selection = table.selectionBlocks
    if selection.isEmpty { return HTMLRenderer.markup(values) }
    // What was chosen stands in the first table; the plain list of values can wait.
    return HTMLRenderer.markup(
      selection + (values.isEmpty ? [] : [.details("Hyper-parameters of every row", values)]))
  }
}

/// Lengths of time as people read them.
enum TimeText {
  /// `8 s`, `1 min 20 s`, `3 h 5 min`, `2 d 4 h`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e10 else { return "unknown" }
    if seconds < 9.95 { return "\(DecimalText.fixed(seconds, decimals: 1)) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    if whole < 86_400 { return "\(whole / 3600) h \(whole / 60 % 60) min" }
    return "\(whole / 86_400) d \(whole / 3600 % 24) h"
  }
}

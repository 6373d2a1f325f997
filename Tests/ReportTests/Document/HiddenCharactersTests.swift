import Canonical
import Study
import Testing

@testable import Report

/// What somebody has put into a title, a note or an old record cannot steer what shows it.
@Suite struct HiddenCharactersTests {
  private static let odd = #"t\u001b]0;title\u0007\u001b[2J\u202e x\u0085\u2028y\u200b"#

  private func table() throws -> (study: StudySpec, table: ResultTable, records: [RunRecord]) {
    let config = ReportFixture.config
      .replacing(#""title": "Shakeout on MNIST""#, with: #""title": " \#(Self.odd) ""#)
      .replacing(
        #""trials": 3,"#,
        with: #""trials": 5, "reduced": "less\n\\input{/etc/hostname}\r\n% \#(Self.odd)","#
      )
      .replacing("The paper names no solver", with: Self.odd + #"\n# a heading\n"#)
    let study = try ReportFixture.study(config: config)
    // Records of earlier versions may hold names that are refused today.
    var records = ReportFixture.records()
    for index in records.indices { records[index].build = "b\u{1B}[31m\u{202E}" }
    return (study, ResultTable(study: study, records: records), records)
  }

  private func hidden(in text: String) -> [String] {
    text.split { $0 == "\n" }.flatMap(\.unicodeScalars).filter(\.isHidden).map(\.code)
  }

  @Test func `no hidden character reaches a table in any language`() throws {
    let (study, table, records) = try table()
    let page = StudyPage(
      StudyRecords(
        folder: "results/\u{1B}[2J", study: study, records: records, table: table,
        figures: FigureSet(study: study, records: records, series: [:]), provenance: nil,
        timings: [:], commentary: ["\u{202E}words\u{1B}"])
    ).html
    for text in [
      TextRenderer.text(table, width: 80), TextRenderer.comparison(table, width: nil),
      CSVExport.text(table),
      MarkdownRenderer.text(table), LaTeXRenderer.text(table), SVGRenderer.text(table), page,
    ] {
      #expect(hidden(in: text).isEmpty)
    }
    #expect(MarkdownRenderer.text(table).contains("# t\\<U+001B>]0;title"))
  }

  @Test func `a line end does not leave a comment, a paragraph or a list`() throws {
    let (_, table, _) = try table()
    let tex = LaTeXRenderer.text(table).split(separator: "\n")
    #expect(tex[0].hasPrefix("% "))
    #expect(tex[0].contains("\\input"))
    #expect(!tex.dropFirst().contains { $0.contains("\\input") })
    let markdown = MarkdownRenderer.text(table).split(separator: "\n")
    #expect(!markdown.contains { $0.hasPrefix("# a heading") })
  }

  @Test func `one line has no hidden character and no space at its edges`() {
    #expect(" a\r\n\tb\u{0B} \u{7F} ".tidy == "a b  <U+007F>")
    #expect("a\u{2066}b".oneLine == "a<U+2066>b")
    #expect("👩‍🚀 é".oneLine == "👩‍🚀 é")
    #expect("\n \u{A0}".tidy == "")
    #expect("a\nb\u{1B}\n".visibleLines == "a\nb<U+001B>\n")
  }
}

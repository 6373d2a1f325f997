import Study
import Testing

@testable import Report

@Suite struct SVGRendererTests {
  private func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

  @Test func `every cell has ours the published value and the verdict`() throws {
    let table = try ReportFixture.table()
    let svg = SVGRenderer.text(table)
    #expect(try XMLOutline(svg).isBalanced)
    let section = try #require(table.sections.first)
    for line in section.lines where line.selection == section.selection {
      #expect(svg.contains(">\(line.text)</text>"), "\(line.row) \(line.column)")
      #expect(svg.contains(">\(line.publishedText)</text>"), "\(line.row) \(line.column)")
    }
    let marks = try XMLOutline(svg).counts["rect", default: 0] - 1
    #expect(marks == section.rows.count * section.columns.count)
    #expect(svg.contains("<g class=\"good\">") && svg.contains(">reproduced</text>"))
    #expect(svg.contains("The paper&#39;s claims: "))
    #expect(svg.contains("Verdicts speak about training noise"))
  }

  @Test func `a reduced study is not judged and says so`() throws {
    let svg = SVGRenderer.text(try ReportFixture.smokeTable())
    #expect(try XMLOutline(svg).counts["rect"] == 1)
    #expect(svg.contains("no cell is judged"))
    #expect(svg.contains(">9.76 ± 0.26</text>"))
    #expect(svg.contains("This is the reduced profile"))
  }

  @Test func `rows without a run are left out`() throws {
    let table = ResultTable(
      study: try ReportFixture.study(),
      records: ReportFixture.records([("500", "Dropout", [6.2, 6.1, 6.3])]))
    let svg = SVGRenderer.text(table)
    #expect(svg.contains(">500</text>") && !svg.contains(">1000</text>"))
    #expect(svg.contains("Unfinished: 3 of 18 final runs."))
  }

  @Test func `a table without finished runs is drawn`() throws {
    let svg = SVGRenderer.text(ResultTable(study: try ReportFixture.study(), records: []))
    #expect(try XMLOutline(svg).isBalanced)
    #expect(svg.contains("Nothing has finished yet."))
  }

  @Test func `nothing lies outside of the picture`() throws {
    let wide = "a long name of an arm; three times as long as most of them are and then some"
    let config = ReportFixture.config.split(separator: "std-BP").joined(separator: wide)
    let records = ReportFixture.records().map { record in
      var record = record
      if record.arm == "std-BP" { record.arm = wide }
      return record
    }
    let table = ResultTable(study: try ReportFixture.study(config: config), records: records)
    let picture = TablePicture(try #require(table.sections.first).table(.last))
    #expect(picture.width > FigureStyle.width)
    let svg = SVGRenderer.text(table)
    #expect(svg.contains("viewBox=\"0 0 \(SVGText.number(picture.width)) "))
    let places = svg.split(separator: " x=\"").dropFirst().compactMap {
      Double($0.prefix { $0 != "\"" })
    }
    #expect(places.count > 20)
    #expect(places.allSatisfy { $0 >= 0 && $0 <= picture.width })
  }

  @Test func `the picture has a text alternative with the numbers`() throws {
    let svg = SVGRenderer.text(try ReportFixture.table())
    #expect(svg.contains("500, Shakeout: 4.84 ± 0.08 (3), published 4.83 ± 0.11, reproduced."))
  }
}

import Study
import Testing

@testable import Report

@Suite struct ErrorAgainstTrainSizeTests {
  private func figures(_ errors: [ReportFixture.Errors]) throws -> FigureSet {
    let study = try ReportFixture.study(settings: [#"figures=["errorAgainstTrainSize"]"#])
    return FigureSet(study: study, records: ReportFixture.records(errors), series: [:])
  }

  @Test func `our values stand beside the published ones`() throws {
    let figure = try #require(try figures(ReportFixture.errors).figures.first)
    #expect(figure.fileName == "errorAgainstTrainSize-table3.svg")
    #expect(figure.title.hasPrefix("Shakeout, Table 3"))
    for name in ["std-BP", "Dropout", "Shakeout", "published"] {
      #expect(figure.svg.contains(">\(name)</text>"))
    }
    for size in ["500", "1,000"] { #expect(figure.svg.contains(">\(size)</text>")) }
    #expect(figure.svg.contains(">ours − published</text>"))
    // Three methods at two sizes, each with a hollow mark; and one in the legend.
    #expect(figure.svg.ranges(of: " h\"").count == 7)
    #expect(figure.svg.contains("Bars above: standard deviation."))
  }

  @Test func `a diverged run has no point`() throws {
    let all = try #require(try figures(ReportFixture.errors).figures.first)
    // Shakeout at 1,000 diverged: five points of ours, and five differences.
    #expect(all.svg.ranges(of: " m\"").count == 10)
  }
}

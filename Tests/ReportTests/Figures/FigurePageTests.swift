import Study
import TestSupport
import Testing

@testable import Report

/// The documentation's page of figures is made of the types.
@Suite struct FigurePageTests {
  private static var table: String {
    "| name | shows | drawn from |\n| --- | --- | --- |\n"
      + FigureName.allCases.map { name in
        let series = name.seriesName.map { "`series/\($0).csv`" } ?? "`runs.csv`"
        return "| `\(name.rawValue)` | \(name.explanation) | \(series) |\n"
      }.joined()
  }

  @Test func `the page lists them all`() throws {
    let page = "Sources/regbench/regbench.docc/Figures.md"
    let isRight = try RepositoryText.holds(page, between: "generated", Self.table)
    #expect(isRight, "\(page): REGBENCH_RECORD=1 writes it anew")
  }

  @Test func `every explanation is sentences`() {
    for name in FigureName.allCases {
      #expect(name.explanation.hasSuffix("."))
      #expect(!name.heading.hasSuffix("."))
    }
  }
}

import Study
import Testing

@testable import Report

@Suite struct FigurePageTests {
  @Test func `every explanation is sentences`() {
    for name in FigureName.allCases {
      #expect(name.explanation.hasSuffix("."))
      #expect(!name.heading.hasSuffix("."))
    }
  }
}

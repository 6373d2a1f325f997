import Study
import Testing

@testable import Report

@Suite struct FigurePageTests {
  @Test func `every explanation is sentences`() {
    for kind in FigureKind.all {
      #expect(kind.explanation.hasSuffix("."))
      #expect(!kind.heading.hasSuffix("."))
    }
  }
}

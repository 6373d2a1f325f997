import Study
import Testing

@testable import Report

@Suite struct FigurePageTests {
  @Test func `every figure is explained in sentences`() {
    for kind in FigureKind.all {
      #expect(kind.explanation.hasSuffix("."))
      #expect(!kind.heading.hasSuffix("."))
    }
  }
}

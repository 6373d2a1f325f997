import TestSupport
import Testing

@testable import Study

@Suite struct MeasurementReferenceTests {
  private let page = "Sources/regbench/regbench.docc/Measurements.md"

  @Test func `the page has the table`() throws {
    let isRight = try RepositoryText.holds(
      page, between: "generated", MeasurementReference.markdown)
    #expect(isRight, "REGBENCH_RECORD=1 writes \(page) anew")
  }
}

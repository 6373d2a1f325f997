import TestSupport
import Testing

@testable import Study

@Suite struct MeasurementReferenceTests {
  private let page = "Sources/regbench/regbench.docc/Measurements.md"

  @Test func thePageHasTheTable() throws {
    try SourceText.expect(
      page, SourceText.read(page), between: "generated", holds: MeasurementReference.markdown)
  }
}

import TestSupport
import Testing

@testable import Model

@Suite struct RegularizerReferenceTests {
  private let page = "Sources/regbench/regbench.docc/Regularizers.md"

  @Test func `the page has the tables`() throws {
    let isRight = try RepositoryText.holds(
      page, between: "generated", RegularizerReference.markdown)
    #expect(isRight, "REGBENCH_RECORD=1 writes \(page) anew")
  }

  @Test func `every example reads back to itself`() throws {
    for type in RegularizerRegistry.all {
      let json = type.example.json
      let (value, problems) = try reading(json.canonicalText) { RegularizerRegistry.read($0) }
      #expect(problems == [], "\(type.name)")
      #expect(value?.json == json, "\(type.name)")
    }
  }
}

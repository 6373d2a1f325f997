import Testing

@testable import Model

@Suite struct RegularizerExampleTests {
  @Test func `every example reads back to itself`() throws {
    for type in RegularizerRegistry.all {
      let json = type.example.json
      let (value, problems) = try reading(json.canonicalText) { RegularizerRegistry.read($0) }
      #expect(problems == [], "\(type.name)")
      #expect(value?.json == json, "\(type.name)")
    }
  }
}

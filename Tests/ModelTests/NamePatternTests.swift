import Testing

@testable import Model

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("*", "anything", true), ("a*a", "a", false), ("a*a", "aa", true), ("a*b", "axxb", true),
    ("fc1.weight", "fc1.weight", true), ("fc1", "fc1.weight", false), ("*.bias", ".bias", true),
  ])
  func `a pattern has one star`(pattern: String, name: String, matches: Bool) {
    #expect(NamePattern(pattern).matches(name) == matches)
  }

  private struct Unknown: Error, Equatable { var pattern: String }

  @Test func `names come once, in the order of the patterns that mean them`() throws {
    let legal = ["fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"]
    let chosen = try NamePattern.names(of: ["fc2.*", "*.bias"], among: legal) {
      Unknown(pattern: $0)
    }
    #expect(chosen == ["fc2.bias", "fc2.weight", "fc1.bias"])
    #expect(throws: Unknown(pattern: "fc3.*")) {
      try NamePattern.names(of: ["fc1.*", "fc3.*"], among: legal) { Unknown(pattern: $0) }
    }
  }
}

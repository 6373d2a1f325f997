import Testing

@Suite struct TableTests {
  @Test func `a folder without results is missing data`() throws {
    let outcome = try Sandbox().regbench("table", "none")
    #expect(outcome.status == 66)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.hasPrefix("regbench: error: none/provenance.json: cannot open: "))
    #expect(outcome.stderr.hasSuffix("for example results/my-study/smoke\n"))
  }

  @Test func `a damaged record is corrupt data`() throws {
    let sandbox = try Sandbox()
    try sandbox.write("{", "broken/provenance.json")
    let outcome = try sandbox.regbench("table", "broken")
    #expect(outcome.status == 65)
    #expect(outcome.stderr.contains("broken/provenance.json:1:2"))
  }
}

import Testing

@Suite struct CheckTests {
  @Test func `a right config gets one line`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let outcome = try sandbox.regbench("check", "tiny.json")
    #expect(outcome.stderr == "")
    #expect(outcome.stdout == "tiny.json: right; at most 12 runs; profiles paper\n")
    #expect(outcome.status == 0)
  }

  @Test func `an unknown key is shown with caret and suggestion`() throws {
    let sandbox = try Sandbox()
    let config = TinyStudy.config().replacing("\"momentum\"", with: "\"momentun\"")
    try sandbox.write(config, "tiny.json")
    let outcome = try sandbox.regbench("check", "tiny.json")
    #expect(outcome.status == 64)
    #expect(outcome.stdout == "")
    let lines = outcome.stderr.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "tiny.json:11:52: error: unknown key \"momentun\"")
    #expect(lines[1].hasSuffix("\"style\": \"caffe\", \"momentun\": 0.9},"))
    #expect(lines[2].firstIndex(of: "^") != nil)
    let caret = lines[2].distance(from: lines[2].startIndex, to: lines[2].firstIndex(of: "^")!)
    #expect(lines[1].dropFirst(caret).hasPrefix("\"momentun\""))
    #expect(lines[3].hasPrefix("  did you mean \"momentum\"? allowed: "))
  }

  @Test func `every error is shown at once`() throws {
    let sandbox = try Sandbox()
    let config = TinyStudy.config()
      .replacing("\"batch\": 16", with: "\"batch\": 0")
      .replacing("\"name\": \"dropout\"", with: "\"name\": \"dropuot\"")
      .replacing("\"constant\"", with: "\"constnat\"")
    try sandbox.write(config, "tiny.json")
    let outcome = try sandbox.regbench("check", "tiny.json")
    #expect(outcome.status == 64)
    #expect(outcome.stderr.split(separator: "\n").count { $0.contains(": error: ") } == 3)
    #expect(outcome.stderr.contains("did you mean \"constant\"?"))
    #expect(outcome.stderr.contains("did you mean \"dropout\"?"))
  }

  @Test func `a missing config is missing data`() throws {
    for command in ["check", "run", "explain"] {
      let outcome = try Sandbox().regbench(command, "none.json")
      #expect(outcome.status == 66)
      #expect(
        outcome.stderr == "regbench: error: cannot read none.json: No such file or directory\n")
    }
  }

  @Test func `an unknown profile lists the known ones`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let outcome = try sandbox.regbench("explain", "tiny.json", "--profile", "smok")
    #expect(outcome.status == 64)
    #expect(outcome.stderr.contains("the study has no profile \"smok\""))
  }
}

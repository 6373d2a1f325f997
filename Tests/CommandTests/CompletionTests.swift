import Testing

/// What shells offer where names are typed.
@Suite struct CompletionTests {
  /// What the program answers to the completion scripts for the last of some words.
  private func offered(_ sandbox: Sandbox, _ place: [String], _ words: String...) throws -> [String]
  {
    let last = words.last ?? ""
    let outcome = try sandbox.start(
      ["---completion"] + place + ["\(words.count - 1)", "\(last.count)"] + words
    ).wait()
    #expect(outcome.status == 0, "\(outcome.stderr)")
    return outcome.stdout.split(separator: "\n").map(String.init)
  }

  @Test func `names of studies profiles arms and results are completed`() throws {
    let sandbox = try Sandbox()
    let config = TinyStudy.config(trials: 1).replacing(
      "\"arms\"", with: "\"profiles\": {\"smoke\": {\"trials\": 1}}, \"arms\"")
    try sandbox.write(config, "configs/tiny.json")
    try sandbox.write(config, "configs/beyond/more.json")
    #expect(try sandbox.regbench("run", "tiny", "-q").status == 0)
    let run = ["run", "--"]
    #expect(
      try offered(sandbox, run + ["positional@0"], "regbench", "run", "t") == ["tiny"])
    #expect(
      try offered(sandbox, run + ["positional@0"], "regbench", "run", "configs/") == [
        "configs/beyond/", "configs/tiny.json",
      ])
    #expect(
      try offered(sandbox, run + ["--profile"], "regbench", "run", "tiny", "--profile", "") == [
        "full", "smoke",
      ])
    #expect(
      try offered(sandbox, run + ["--arms"], "regbench", "run", "tiny", "--arms", "plain,") == [
        "plain,plain", "plain,Dropout",
      ])
    #expect(
      try offered(sandbox, run + ["--only"], "regbench", "run", "tiny", "--only", "") == [
        "arm=plain", "arm=Dropout", "n=60", "n=120",
      ])
    #expect(
      try offered(sandbox, ["status", "--", "positional@0"], "regbench", "status", "res") == [
        "results/tiny/full", "results/",
      ])
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `every shell gets a script that asks the program`(shell: String) throws {
    let outcome = try Sandbox().regbench("--generate-completion-script", shell)
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("---completion"), "\(shell)")
  }
}

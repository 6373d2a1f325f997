import Testing

@Suite struct CheckTests {
  @Test func `a right config gets one line`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let outcome = try sandbox.regbench("check", "tiny.json")
    #expect(outcome.stderr == "")
    #expect(outcome.stdout == "tiny.json: right; at most 12 runs; profiles full\n")
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

  @Test func `a warning has its place, in check as in run`() throws {
    let sandbox = try Sandbox()
    let config = TinyStudy.config(trials: 1).replacing(
      "\"study\": \"tiny\",", with: "\"study\": \"tiny\", \"figures\": [\"filters\"],")
    try sandbox.write(config, "tiny.json")
    let check = try sandbox.regbench("check", "tiny.json")
    #expect(check.status == 0)
    #expect(check.stdout.hasPrefix("tiny.json: right, with 1 warning; at most "))
    let warning = try #require(check.stderr.split(separator: "\n").first)
    #expect(warning.hasPrefix("tiny.json:2:"), "\(warning)")
    #expect(warning.contains(": warning: the figure \"filters\" needs \"measure\": [\"filters\"]"))
    #expect(try sandbox.regbench("run", "tiny.json", "-n").stderr.hasPrefix(warning))
  }

  @Test func `what a profile alone has wrong names it`() throws {
    let sandbox = try Sandbox()
    let config = TinyStudy.config().replacing(
      "\"study\": \"tiny\",",
      with: """
        "study": "tiny", "profiles": {
          "a": {"arms": {"Dropuot": {}}}, "b": {"trials": 0}, "c": {"axes": {"trainSize": [999]}},
          "d": {"axes": {"trainSize": [999]}}},
        """)
    try sandbox.write(config.replacing("\"batch\": 16", with: "\"batch\": 0"), "tiny.json")
    let outcome = try sandbox.regbench("check", "tiny.json")
    #expect(outcome.status == 64)
    #expect(outcome.stderr.contains("there is no element \"Dropuot\" to patch (profile \"a\")\n"))
    #expect(outcome.stderr.contains("must lie in 1...10000 (profile \"b\")\n"), "\(outcome.stderr)")
    // That of the file itself comes once, and names none.
    #expect(outcome.stderr.ranges(of: "\"batch\" must lie in 1...65536\n").count == 1)
  }

  @Test func `user files that are missing have a place, and hide no other error`() throws {
    let sandbox = try Sandbox()
    let config = TinyStudy.config().replacing(
      "\"name\": \"synthetic\", \"validation\": 40,",
      with: "\"name\": \"mine\", \"validation\": 40, \"files\": \"nowhere\""
    ).replacing(
      "    \"synthetic\": {\"height\": 8, \"width\": 8, \"classes\": 3, \"training\": 160, \"test\": 60}\n",
      with: "")
    try sandbox.write(config, "tiny.json")
    let missing = try sandbox.regbench("check", "tiny.json")
    #expect(missing.status == 66)
    #expect(missing.stderr.hasPrefix("tiny.json:4:"), "\(missing.stderr)")
    #expect(missing.stderr.contains(": error: nowhere: there is no such folder or file\n"))
    try sandbox.write(config.replacing("\"trials\": 2", with: "\"trials\": 0"), "tiny.json")
    let both = try sandbox.regbench("check", "tiny.json")
    #expect(both.status == 64)
    #expect(both.stderr.contains("nowhere: there is no such folder or file"))
    #expect(both.stderr.contains("\"trials\" must lie in"), "\(both.stderr)")
  }

  @Test func `a missing config is missing data`() throws {
    for command in ["check", "run", "explain"] {
      let outcome = try Sandbox().regbench(command, "none.json")
      #expect(outcome.status == 66)
      #expect(
        outcome.stderr == "regbench: error: cannot read none.json: No such file or directory\n")
    }
  }

  @Test func `a config may come through a pipe or from standard input`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let program = Sandbox.program
    for (command, name) in [
      ("\(program) check <(cat tiny.json)", "/dev/fd/63"),
      ("cat tiny.json | \(program) check -", "<stdin>"),
      ("\(program) check /dev/stdin < tiny.json", "<stdin>"),
    ] {
      let outcome = try sandbox.shell(command)
      #expect(outcome.stdout == "\(name): right; at most 12 runs; profiles full\n", "\(command)")
      #expect(outcome.status == 0)
    }
    let run = try sandbox.shell("cat tiny.json | \(program) explain - --json")
    #expect(run.status == 0)
    #expect(run.stdout.contains("\"study\": \"tiny\""))
  }

  @Test func `endless or far too large files are refused`() throws {
    let sandbox = try Sandbox()
    let program = Sandbox.program
    let large = "it is larger than 16 MB, which no config is"
    for (command, status, reason) in [
      ("mkfifo p; \(program) check p", 66, "cannot read p: nothing is written to this pipe"),
      ("\(program) check /dev/zero", 64, "cannot read /dev/zero: \(large)"),
      ("truncate -s 200M big; \(program) run big", 64, "cannot read big: \(large)"),
      ("\(program) check . ", 66, "cannot read .: Is a directory"),
    ] as [(String, Int32, String)] {
      let outcome = try sandbox.shell(command)
      #expect(outcome.stderr == "regbench: error: \(reason)\n")
      #expect(outcome.status == status)
    }
  }

  @Test func `a profile cannot be a path`() throws {
    let sandbox = try Sandbox()
    let config = TinyStudy.config().replacing(
      "\"arms\"", with: "\"profiles\": {\"../../..\": {\"trials\": 1}}, \"arms\"")
    try sandbox.write(config, "tiny.json")
    for arguments in [["check", "tiny.json"], ["explain", "tiny.json", "--profile", "../../.."]] {
      let outcome = try sandbox.start(arguments).wait()
      #expect(outcome.status == 64)
      #expect(
        outcome.stderr.contains(
          "error: the profile's name \"../../..\" holds \"/\", which separates folders"))
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

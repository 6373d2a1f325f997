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

import Durable
import Glibc
import Testing

/// What a wrong command line is told.
@Suite struct UsageTests {
  @Test(arguments: [
    (["rnu", "x.json"], "unknown command \"rnu\"", "did you mean \"run\"? known: audit, "),
    (["help", "foo"], "unknown command \"foo\"", "known: audit, bench, "),
    (["help", "tabel"], "unknown command \"tabel\"", "did you mean \"table\"? "),
    (["data", "lsit"], "unknown command \"data lsit\"", "did you mean \"list\"? known: fetch, "),
    (["run", "x", "--jsn"], "unknown option --jsn", "did you mean --json? `regbench help run` "),
    (
      ["run", "x", "--checkpoint", "1s"], "unknown option --checkpoint",
      "did you mean --checkpoint-every? "
    ),
    (
      ["run", "x", "--epochs", "3"], "unknown option --epochs",
      "did you mean --set training.epochs=…?"
    ),
    (
      ["bench", "lenet", "--trials", "3"], "unknown option --trials",
      "--trials is an option of `regbench run`; `regbench help bench` shows what it takes"
    ),
    (["run"], "missing expected argument '<config> ...'", "`regbench help run` shows "),
    (
      ["run", "x", "--budget", "8"], "the value '8' is invalid for '--budget <time>'",
      "a time has a unit: 8s for seconds, 8m, 8h or 8d; "
    ),
    (
      ["run", "x", "--until", "0.2"], "the value '0.2' is invalid for '--until <verdict|ci=width>'",
      "for example ci=0.2, or verdict; "
    ),
    (
      ["run", "x", "--shard", "4/4"], "the value '4/4' is invalid for '--shard <i/n>'",
      "for example 0/4, the first of four; the last is 3/4; "
    ),
    (
      ["plan", "x", "--calibration", "1e308s"],
      "the value '1e308s' is invalid for '--calibration <time>'",
      "a time lies between 0s and 1000d; "
    ),
    (
      ["plan", "x", "--calibration", "2h"], "--calibration must be at most 1 h 00 min",
      "`regbench help plan` "
    ),
    (
      ["plan", "x", "--jobs", "9223372036854775807"],
      "--jobs must be from 1 to 1024, found 9223372036854775807", "`regbench help plan` "
    ),
    (
      ["run", "x", "--jobs", "5000"], "--jobs must be from 1 to 1024, found 5000",
      "`regbench help run` "
    ),
    (
      ["bench", "x", "--batch", "100000"], "--batch must be from 1 to 65536, found 100000",
      "`regbench help bench` "
    ),
    (
      ["run", "x", "--retries", "5000"], "--retries must be from 0 to 1000, found 5000",
      "`regbench help run` "
    ),
    (["run", "x", "y", "--out", "z"], "--out takes one config at a time", "`regbench help run` "),
    (
      ["weights", "evaluate"], "missing expected argument '<file>'",
      "`regbench help weights evaluate` "
    ),
  ])
  func `a wrong command line is answered with what would fit`(
    arguments: [String], message: String, advice: String
  ) throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.start(arguments).wait()
    #expect(outcome.status == 64)
    #expect(outcome.stdout == "")
    let lines = outcome.stderr.split(separator: "\n").map(String.init)
    #expect(lines.first == "regbench: error: \(message)", "\(outcome.stderr)")
    #expect(lines.count == 2)
    #expect(lines.last?.hasPrefix(advice) == true, "\(outcome.stderr)")
  }

  @Test func `short forms are the long ones`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    let dry = try sandbox.regbench("run", "tiny.json", "-n", "-j", "2")
    #expect(try sandbox.regbench("run", "tiny.json", "-n", "-j2").stdout == dry.stdout)
    #expect(
      try sandbox.regbench("run", "tiny.json", "--dry-run", "--jobs", "2").stdout == dry.stdout)
    let run = try sandbox.regbench("run", "tiny.json", "-q", "-o", "out", "-j", "1")
    #expect(run.status == 0)
    #expect(run.stderr == "")
    #expect(FileContents.exists(sandbox.folder.file("out/table.csv")))
  }

  @Test func `--explain suggests the nearest arm for an unknown one`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    #expect(try sandbox.regbench("run", "tiny.json", "-q").status == 0)
    for (typed, advice) in [
      ("arm=Dropuot", "did you mean \"Dropout\"?"),
      ("Dropout", "did you mean --explain arm=Dropout?"),
    ] {
      let outcome = try sandbox.regbench("table", "tiny", "--explain", typed)
      #expect(outcome.status == 64)
      #expect(outcome.stderr.contains(advice), "\(outcome.stderr)")
    }
  }

  @Test func `a finished study names the commands that come next`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 3), "tiny.json")
    let outcome = try sandbox.regbench("run", "tiny.json")
    let next = """
      next:
        regbench compare results/tiny/full
        regbench report results/tiny/full
        regbench table results/tiny/full --explain arm=plain,n=60

      """
    #expect(outcome.stderr.hasSuffix(next), "\(outcome.stderr)")
    for line in next.split(separator: "\n").dropFirst() {
      let words = line.split(separator: " ").dropFirst().map(String.init)
      #expect(try sandbox.start(words).wait().status == 0, "\(words)")
    }
  }

  @Test func `a second Ctrl-C says what was kept and how to go on`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 100_000, trials: 1), "tiny.json")
    let program = try sandbox.start(
      ["run", "tiny.json", "--set", "evaluation.every=50000", "--events", "events.jsonl"])
    #expect(
      program.wait { ((try? sandbox.text("events.jsonl")) ?? "").contains("\"event\":\"start\"") })
    program.signal(SIGINT)
    program.signal(SIGINT)
    let outcome = try program.wait()
    // The second may come when the first has done its work.
    try #require([75, 130].contains(outcome.status))
    let words =
      outcome.status == 130 ? ["stopped at once; ", " finished run"] : ["To carry on, type\n"]
    for word in words { #expect(outcome.stderr.contains(word), "\(outcome.stderr)") }
    #expect(
      outcome.stderr.hasSuffix(
        " run tiny.json --set evaluation.every=50000 --events events.jsonl\n"))
  }
}

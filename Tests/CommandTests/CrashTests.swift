import Durable
import Glibc
import TestSupport
import Testing

/// Whatever is killed, whenever: the same command finishes the study with the same bytes and
/// repeats no finished run.
@Suite(.serialized) struct CrashTests {
  /// The files that must be the same bytes anywhere.
  private func outcome(of folder: String, in sandbox: Sandbox) throws -> [[UInt8]] {
    let names =
      ["table.csv", "table.md", "table.svg", "runs.csv"]
      + Self.series.map { "series/\($0).csv" }
    return try names.map { try sandbox.bytes("\(folder)/\($0)") }
  }

  /// What is gathered in training, what is measured of the final weights, and a column of runs.csv.
  private static let measure = """
    [{"name": "learningCurve", "training": true}, "gradientStatistics", "unitMaxima", "filters", "svm"]
    """
  private static let series = ["filters", "gradientStatistics", "learningCurve", "unitMaxima"]

  /// The study with measurements.
  private func config(iterations: Int = 40, trials: Int = 2) -> String {
    TinyStudy.config(iterations: iterations, trials: trials, measure: Self.measure)
  }

  /// The outcome of a study that nobody disturbed.
  private func calm(_ sandbox: Sandbox, _ config: String) throws -> [[UInt8]] {
    try sandbox.write(config, "tiny.json")
    let end = try sandbox.regbench("run", "tiny.json", "--out", "calm", "--quiet")
    #expect(end.status == 0, "\(end.stderr)")
    return try outcome(of: "calm", in: sandbox)
  }

  private func finishedRuns(_ sandbox: Sandbox, _ runs: String) throws -> Int {
    let journal = sandbox.folder.file("\(runs)/journal.log")
    guard FileContents.exists(journal) else { return 0 }
    return Set(try AppendLog.lines(of: journal)).count
  }

  /// The processes that a program has started.
  private func children(of process: pid_t) -> [pid_t] {
    let path = "/proc/\(process)/task/\(process)/children"
    let text = ((try? FileContents.read(path)).map { String(decoding: $0, as: UTF8.self) }) ?? ""
    return text.split(separator: " ").compactMap { pid_t($0) }
  }

  @Test func `runs killed at random times finish with the same bytes`() throws {
    let sandbox = try Sandbox()
    let expected = try calm(sandbox, config(iterations: 4000, trials: 2))
    let command = ["run", "tiny.json", "--checkpoint-every", "0.02s"]
    let runs = "runs/tiny/full"
    // Fixed, so that a failure can be had again; what the moments hit differs all the same.
    var random = Draws(state: 20_261_124)
    var (kills, known) = (0, 0)
    while kills < 24 {
      let program = try sandbox.start(command)
      usleep(UInt32(random.next(below: 400_000)))
      switch kills % 3 {
      case 0: program.signal(SIGKILL)
      case 1: program.signalGroup(SIGKILL)
      default:
        // Workers alone; the parent tries their runs again, and then it is ended, too.
        for worker in children(of: program.process) { kill(worker, SIGKILL) }
        usleep(UInt32(random.next(below: 100_000)))
        program.signal(SIGKILL)
      }
      let status = try program.wait().status
      if status == -SIGKILL { kills += 1 }
      let finished = try finishedRuns(sandbox, runs)
      #expect(finished >= known)
      known = finished
      if status == 0 {
        #expect(try outcome(of: "results/tiny/full", in: sandbox) == expected)
        try Folder.remove(sandbox.folder.file(runs))
        try Folder.remove(sandbox.folder.file("results"))
        known = 0
      }
    }
    let rest = try sandbox.start(command).wait()
    #expect(rest.status == 0, "\(rest.stderr)")
    #expect(try finishedRuns(sandbox, runs) == 12)
    #expect(try outcome(of: "results/tiny/full", in: sandbox) == expected)
  }

  /// Two runs; the fault strikes parent and workers alike, each at its n-th operation.
  @Test(arguments: ["kill", "torn"])
  func `a run killed at every storage operation finishes with the same bytes`(effect: String) throws
  {
    let sandbox = try Sandbox()
    let config = config(iterations: 20, trials: 1)
      .replacing("\"trainSize\": [60, 120]", with: "\"trainSize\": [60]")
      .replacing("{\"select\": [0.2, 0.5]}", with: "0.5")
    let expected = try calm(sandbox, config)
    var turn = 1
    var ends = 0
    while true {
      let folder = "out\(turn)"
      let command = ["run", "tiny.json", "--out", folder, "--quiet"]
      let fault = ["REGBENCH_FAULT": "any:\(turn):\(effect)"]
      let hit = try sandbox.start(command, environment: fault).wait()
      if hit.status == 0, turn > 60 { break }
      if hit.status == -SIGKILL { ends += 1 }
      let rest = try sandbox.start(command).wait()
      #expect(rest.status == 0, "operation \(turn): \(rest.stderr)")
      #expect(
        try outcome(of: folder, in: sandbox) == expected,
        "operation \(turn)")
      turn += 1
      try #require(turn < 500)
    }
    #expect(ends > 50)
  }

  @Test func `four shards at the same time share one folder`() throws {
    let sandbox = try Sandbox()
    let expected = try calm(sandbox, config(iterations: 2000, trials: 3))
    // Each gets a home of its own for its streams.
    let programs = try (0..<4).map { index in
      try sandbox.start(
        ["run", "tiny.json", "--out", "shared", "--jobs", "1", "--shard", "\(index)/4"],
        streams: "shard\(index)")
    }
    let ends = try programs.map { try $0.wait() }
    for end in ends { #expect(end.status == 0, "\(end.stderr)") }
    #expect(Set(ends.map(\.stdout)).count == 1)
    #expect(try outcome(of: "shared", in: sandbox) == expected)
    // Each run was trained once, by one of them.
    let trained = ends.map { end in
      end.stderr.split(separator: "\n").count { $0.contains("/16] ") }
    }
    #expect(trained.reduce(0, +) == 16, "\(trained)")
    #expect(trained.count { $0 > 0 } > 1, "\(trained)")
  }

  @Test func `any single shard gives the same bytes`() throws {
    let sandbox = try Sandbox()
    let expected = try calm(sandbox, config())
    for index in 0..<4 {
      let out = "shard\(index)"
      let end = try sandbox.regbench(
        "run", "tiny.json", "--out", out, "--shard", "\(index)/4", "--quiet")
      #expect(end.status == 0, "\(end.stderr)")
      #expect(try outcome(of: out, in: sandbox) == expected)
    }
  }
}

/// Numbers that are the same each time (SplitMix64).
private struct Draws {
  var state: UInt64

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(limit))
  }
}

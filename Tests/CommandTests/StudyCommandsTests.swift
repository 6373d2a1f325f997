import Durable
import Glibc
import Testing

/// The commands that look at a study which was, or is being, run.
@Suite struct StudyCommandsTests {
  /// A sandbox with a finished tiny study, and the ids of its runs.
  private func finished(_ options: String...) throws -> (sandbox: Sandbox, ids: [String]) {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let outcome = try sandbox.start(["run", "tiny.json", "--quiet"] + options).wait()
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let rows = try sandbox.text("results/tiny/full/runs.csv").split(separator: "\n").dropFirst()
    return (sandbox, rows.map { String($0.prefix(16)) })
  }

  @Test func `status counts by stage`() throws {
    let (sandbox, _) = try finished()
    for folder in ["results/tiny/full", "results/tiny/full/", "runs/tiny/full"] {
      let status = try sandbox.regbench("status", folder)
      #expect(status.status == 0, "\(status.stderr)")
      #expect(status.stdout.hasPrefix("tiny/full: 12 of 12 runs done, 0 running, 0 failed\n"))
      #expect(status.stdout.contains("  selection of Dropout: 4 of 4\n  final: 8 of 8\n"))
      #expect(status.stdout.contains("estimated at the last start: "))
    }
    let json = try sandbox.regbench("status", "results/tiny/full", "--json")
    #expect(json.stdout.contains("\"finished\": 12"))
    let nothing = try sandbox.regbench("status", "results/other")
    #expect(nothing.status == 66)
    // Where it was not trained, what is recorded is counted.
    try Folder.remove(sandbox.folder.file("runs"))
    let elsewhere = try sandbox.regbench("status", "results/tiny/full")
    #expect(elsewhere.status == 0, "\(elsewhere.stderr)")
    #expect(
      elsewhere.stdout.hasPrefix(
        "tiny/full: 12 of 12 runs done, 0 running, 0 failed\n  selection of Dropout: 4 of 4\n"
          + "  final: 8 of 8\n"))
    #expect(elsewhere.stdout.contains("counted in runs.csv"))
    #expect(
      try sandbox.regbench("status", "tiny/full", "--json").stdout.contains(
        "\"estimatedSeconds\": null"))
  }

  @Test func `a plan is compared with what it took`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(), "tiny.json")
    let plan = try sandbox.regbench("plan", "tiny.json", "--calibration", "0.2s")
    #expect(plan.status == 0, "\(plan.stderr)")
    #expect(plan.stdout.contains("12 runs at most, "))
    #expect(plan.stdout.contains("selection of Dropout"))
    #expect(!FileContents.exists(sandbox.folder.file("results")))
    #expect(try sandbox.regbench("run", "tiny.json", "--quiet").status == 0)
    let status = try sandbox.regbench("status", "results/tiny/full")
    #expect(status.stdout.contains("plan: "))
    #expect(status.stdout.contains(" of one core for 12 runs that took "))
    let json = try sandbox.regbench("plan", "tiny.json", "--calibration", "0.1s", "--json")
    for key in ["threadSeconds", "stages", "networks", "wantedJobs", "processorShare"] {
      #expect(json.stdout.contains("\"\(key)\": "))
    }
  }

  @Test func `replay trains the same bits`() throws {
    let (sandbox, ids) = try finished()
    let before = try sandbox.bytes("results/tiny/full/runs.csv")
    for (id, threads) in [(ids[0], "1"), (ids[11], "2")] {
      let replay = try sandbox.regbench(
        "replay", "results/tiny/full", String(id.prefix(10)), "--threads", threads)
      #expect(replay.status == 0, "\(replay.stderr)")
      #expect(replay.stdout.hasPrefix("weights: same: "))
      #expect(replay.stdout.split(separator: "\n").count == 6)
      #expect(!replay.stdout.contains("recorded"))
    }
    #expect(try sandbox.bytes("results/tiny/full/runs.csv") == before)
    // Weights that were not kept are made again.
    let id = ids[11]
    #expect(try sandbox.regbench("weights", "export", id, "-o", "w.safetensors").status == 66)
    #expect(try sandbox.regbench("replay", "results/tiny/full", id, "--keep-weights").status == 0)
    #expect(try sandbox.regbench("weights", "export", id, "-o", "w.safetensors").status == 0)
    // A record that was tampered with does not pass.
    let text = try sandbox.text("results/tiny/full/runs.csv")
    let row = try #require(text.split(separator: "\n").last)
    let hash = try #require(row.split(separator: ",").first { $0.count == 64 })
    try sandbox.write(
      text.replacing(hash, with: String(repeating: "0", count: 64)), "results/tiny/full/runs.csv")
    let tampered = try sandbox.regbench("replay", "results/tiny/full", ids[11])
    #expect(tampered.status == 65)
    #expect(tampered.stdout.isEmpty)
    #expect(tampered.stderr.contains("runs.csv"), "\(tampered.stderr)")
    try sandbox.write(text, "results/tiny/full/runs.csv")
    let unknown = try sandbox.regbench("replay", "results/tiny/full", "zz")
    #expect(unknown.status == 66)
    let several = try sandbox.regbench("replay", "results/tiny/full", "")
    #expect(several.status == 64)
    #expect(several.stderr.contains("12 runs in results/tiny/full/runs.csv begin with \"\""))
  }

  @Test func `logs of runs are found by the beginning of an id`() throws {
    let (sandbox, ids) = try finished()
    let list = try sandbox.regbench("logs", "results/tiny/full")
    #expect(list.status == 0)
    #expect(list.stdout.split(separator: "\n").count == 12)
    let one = try sandbox.regbench("logs", "results/tiny/full", ids[3])
    #expect(one.status == 0)
    #expect(try sandbox.regbench("logs", "results/tiny/full", "zz").status == 66)
    #expect(try sandbox.regbench("logs", "results/tiny/full", "").status == 64)
  }

  @Test func `clean removes only what nothing needs`() throws {
    let (sandbox, ids) = try finished()
    try sandbox.write("x", "runs/tiny/full/0123456789abcdef/checkpoint-3")
    let list = try sandbox.regbench("clean", "results/tiny/full")
    #expect(list.stdout.contains("runs/tiny/full/0123456789abcdef"))
    #expect(list.stdout.split(separator: "\n").count == 3)
    #expect(list.stderr.contains("--yes removes"))
    let yes = try sandbox.regbench("clean", "results/tiny/full", "--yes")
    #expect(yes.stderr == "removed 1 folder, 1 byte\n")
    #expect(try sandbox.regbench("clean", "results/tiny/full").stderr == "nothing to remove\n")
    let all = try sandbox.regbench("clean", "results/tiny/full", "--finished", "--yes")
    #expect(all.stderr.contains("removed \(ids.count) folders"))
    let again = try sandbox.regbench("run", "tiny.json")
    #expect(again.stderr.contains("nothing to train"))
  }

  @Test func `compare judges two results, and --explain lists a number's runs`() throws {
    let (sandbox, ids) = try finished()
    let compare = try sandbox.regbench("compare", "results/tiny/full")
    #expect(compare.status == 0, "\(compare.stderr)")
    // Two trials are too few for a test, three are not.
    #expect(!compare.stdout.contains("Dropout beats plain"))
    try sandbox.write(TinyStudy.config(trials: 3), "three.json")
    #expect(try sandbox.regbench("run", "three.json", "--out", "three").status == 0)
    #expect(try sandbox.regbench("compare", "three").stdout.contains("Dropout beats plain"))
    let same = try sandbox.regbench("compare", "results/tiny/full", "results/tiny/full")
    #expect(same.stdout.contains("identical"))
    #expect(same.status == 0)
    let trail = try sandbox.regbench(
      "table", "results/tiny/full", "--explain", "arm=Dropout,n=60")
    #expect(trail.stdout.hasPrefix("trainSize=60, arm=Dropout\n"))
    #expect(ids.count { trail.stdout.contains($0) } == 4)
    #expect(trail.stdout.contains("  chosen\n"))
    let wrong = try sandbox.regbench("table", "results/tiny/full", "--explain", "arm=x")
    #expect(wrong.status == 64)
    let format = try sandbox.regbench(
      "table", "results/tiny/full", "--explain", "arm=Dropout", "--format", "json")
    #expect(format.status == 64)
    #expect(format.stderr.contains("--explain prints text"))
  }

  @Test func `a study with one trial and no paper says why nothing is compared`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    let run = try sandbox.regbench("run", "tiny.json")
    #expect(!run.stderr.contains("regbench compare"))
    #expect(run.stderr.contains("next:\n  regbench report results/tiny/full\n"))
    let compare = try sandbox.regbench("compare", "results/tiny/full")
    #expect(compare.status == 0)
    #expect(
      compare.stderr.hasPrefix(
        "nothing to compare in results/tiny/full: no paper's numbers stand beside it, and methods are "
          + "compared over 3 trials or more, and the study has 1\n"))
  }

  @Test func `a run out of budget leaves a table with equal numbers of trials`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 3000, trials: 200), "tiny.json")
    let outcome = try sandbox.regbench("run", "tiny.json", "--budget", "4s")
    let csv = try sandbox.text("results/tiny/full/table.csv")
    let counts = Set(csv.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[8] })
    #expect(outcome.stderr.contains("the time is up"))
    if outcome.status == 0 {
      #expect(counts.count == 1)
      #expect(outcome.stdout.contains("Unfinished: "))
    } else {
      // Not even one trial of every row on a machine that is busy with something else.
      #expect(outcome.status == 75)
    }
  }

  @Test func `a budget that ends before the first run leaves nothing in the way`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 3000, trials: 1), "tiny.json")
    let cut = try sandbox.regbench("run", "tiny.json", "--budget", "0s")
    #expect(cut.status == 75, "\(cut.stderr)")
    #expect(!FileContents.exists(sandbox.folder.file("results/tiny/full/table.csv")))
    let outcome = try sandbox.regbench("run", "tiny.json")
    #expect(outcome.status == 0, "\(outcome.stderr)")
  }

  @Test func `a plan is printed where it cannot be kept`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    try sandbox.write("a file where the folder would be", "runs")
    let plan = try sandbox.regbench("plan", "tiny.json", "--calibration", "0.1s")
    #expect(plan.status == 0, "\(plan.stderr)")
    #expect(plan.stdout.contains(" runs at most, "))
    #expect(plan.stderr.contains("`regbench status` will not know of this estimate: "))
  }

  @Test func `SIGQUIT ends a run without a report of a crash`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 100_000, trials: 1), "tiny.json")
    let program = try sandbox.start(
      ["run", "tiny.json", "--events", "events.jsonl"],
      environment: ["SWIFT_BACKTRACE": "enable=yes,color=no"])
    #expect(
      program.wait { ((try? sandbox.text("events.jsonl")) ?? "").contains("\"event\":\"start\"") })
    program.signal(SIGQUIT)
    let outcome = try program.wait()
    #expect(outcome.status == -SIGQUIT)
    #expect(!outcome.stderr.contains("rash"), "\(outcome.stderr)")
  }

  @Test func `trials end when the interval is narrow enough`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 20), "tiny.json")
    var tables: Set<[UInt8]> = []
    for jobs in ["1", "2"] {
      let outcome = try sandbox.regbench(
        "run", "tiny.json", "--until", "ci=40", "--jobs", jobs, "--out", "out\(jobs)")
      #expect(outcome.status == 0, "\(outcome.stderr)")
      tables.insert(try sandbox.bytes("out\(jobs)/table.csv"))
    }
    #expect(tables.count == 1)
    let rows = try sandbox.text("out1/runs.csv").split(separator: "\n").count - 1
    #expect((4 + 3 * 4...4 + 10 * 4).contains(rows))
    #expect(try sandbox.regbench("run", "tiny.json", "--until", "0.2").status == 64)
    // A study of its own has no verdicts to wait for.
    let verdict = try sandbox.regbench("run", "tiny.json", "--until", "verdict")
    #expect(verdict.status == 64)
    #expect(verdict.stderr.contains("no cell of \"tiny/full\" is judged"))
    #expect(try sandbox.regbench("plan", "tiny.json", "--verdict").status == 64)
  }

  @Test func `an arithmetic that cannot be measured is not taken for the recorded one`() throws {
    let (sandbox, ids) = try finished()
    try sandbox.write("no library", "broken/libopenblas.so.0")
    let broken = ["LD_LIBRARY_PATH": sandbox.folder.file("broken")]
    for call in [["audit", "results/tiny/full"], ["replay", "results/tiny/full", ids[0]]] {
      let outcome = try sandbox.start(call, environment: broken).wait()
      #expect(outcome.status == 69, "\(call): \(outcome.stderr)")
      #expect(outcome.stderr.contains("OpenBLAS cannot be loaded"), "\(outcome.stderr)")
    }
    let doctor = try sandbox.regbench("doctor", environment: broken)
    #expect(doctor.status == 0)
    #expect(doctor.stdout.contains("unknown: OpenBLAS cannot be loaded"), "\(doctor.stdout)")
    // A finished study needs nothing that multiplies.
    let rest = try sandbox.regbench("run", "tiny.json", "--quiet", environment: broken)
    #expect(rest.status == 0, "\(rest.stderr)")
  }

  @Test func `an audit trains a sample again, keeps what it found and notices an altered run`()
    throws
  {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 2), "tiny.json")
    #expect(try sandbox.regbench("run", "tiny.json", "--out", "out").status == 0)
    let sample = try sandbox.regbench("audit", "out", "--runs", "2", "--seed", "7")
    #expect(sample.status == 0, "\(sample.stderr)")
    #expect(sample.stdout.contains("2 of "))
    #expect(sample.stdout.contains("all equal bit by bit"))
    #expect(
      try sandbox.regbench("audit", "out", "--runs", "2", "--seed", "7").stdout == sample.stdout)
    #expect(try sandbox.text("out/audits.json").contains("\"seed\": 7"))
    // Without --seed nobody knows which are drawn; what drew them is kept, and draws them again.
    let drawn = try sandbox.regbench("audit", "out", "--runs", "2")
    let line = try #require(
      drawn.stderr.split(separator: "\n").first { $0.hasPrefix("drawn by --seed ") })
    let seed = String(line.dropFirst("drawn by --seed ".count))
    #expect(try sandbox.text("out/audits.json").contains("\"seed\": \(seed),"))
    #expect(
      try sandbox.regbench("audit", "out", "--runs", "2", "--seed", seed).stdout == drawn.stdout)
    let other = try sandbox.regbench("audit", "out", "--runs", "2")
    #expect(!other.stderr.contains("drawn by --seed \(seed)\n"))
    let all = try sandbox.regbench("audit", "out", "--all")
    #expect(all.stdout.contains("none of them was altered"))
    #expect(try sandbox.regbench("report", "out").status == 0)
    #expect(try sandbox.text("out/report.html").contains("none of them was altered"))
    #expect(try sandbox.regbench("audit", "out", "--runs", "0").status == 64)
  }
}

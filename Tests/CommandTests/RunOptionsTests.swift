import Study
import Testing

@testable import regbench

@Suite struct RunOptionsTests {
  @Test func `times are read with their units`() {
    #expect(TimeSpan(argument: "0")?.seconds == 0)
    #expect(TimeSpan(argument: "90s")?.seconds == 90)
    #expect(TimeSpan(argument: "30m")?.seconds == 1800)
    #expect(TimeSpan(argument: "1.5h")?.seconds == 5400)
    #expect(TimeSpan(argument: "2d")?.seconds == 172_800)
    for wrong in ["", "90", "m", "-1s", "1w", "nan", "1 m"] {
      #expect(TimeSpan(argument: wrong) == nil)
    }
  }

  @Test func `a stopping rule is verdict or the width of an interval`() {
    #expect(StoppingRule(argument: "ci=0.2") == .halfWidth(0.2))
    #expect(StoppingRule(argument: "verdict") == .verdict)
    for wrong in ["0.2", "ci=", "ci=0", "ci=-1", "se=0.2", "verdicts"] {
      #expect(StoppingRule(argument: wrong) == nil)
    }
  }

  @Test(arguments: [
    ["run", "x.json", "--jobs"], ["run", "x.json", "--threads"], ["plan", "x.json", "--jobs"],
    ["replay", "x", "0", "--threads"], ["audit", "x", "--threads"],
    ["weights", "evaluate", "x", "--threads"],
  ])
  func `no command takes more threads or jobs than any machine has cores`(call: [String]) throws {
    let sandbox = try Sandbox()
    for number in ["0", "-1", "1025", "9223372036854775807"] {
      let outcome = try sandbox.start(call.dropLast() + ["\(call.last ?? "")=\(number)"]).wait()
      #expect(outcome.status == 64, "\(number)")
      #expect(outcome.stderr.contains("must be from 1 to 1024"), "\(number)")
    }
  }

  @Test func `contradictions are usage errors`() throws {
    let sandbox = try Sandbox()
    for options in [
      ["--shard", "4/4"], ["--shard", "0/2", "--fresh"], ["--retries", "-1"], ["--budget", "soon"],
      ["--until", "0.2"], ["--jobs", "0"],
    ] {
      let outcome = try sandbox.start(["run", "x.json"] + options).wait()
      #expect(outcome.status == 64, "\(options)")
      #expect(outcome.stdout == "")
    }
  }
}

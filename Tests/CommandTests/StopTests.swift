import Glibc
import Testing

/// Runs that are stopped or killed and typed again end with the same bytes.
@Suite struct StopTests {
  private static let iterations = 20_000

  /// The table of a study that nobody disturbed, and a sandbox in which the same has been started
  /// and has finished some runs.
  private func interrupted(
    _ stop: (RunningProgram) -> Void
  ) throws -> (sandbox: Sandbox, outcome: Outcome, undisturbed: [UInt8]) {
    let sandbox = try Sandbox()
    let config = TinyStudy.config(iterations: Self.iterations, trials: 1)
    try sandbox.write(config, "tiny.json")
    let calm = try sandbox.regbench("run", "tiny.json", "--out", "calm", "--quiet")
    #expect(calm.status == 0)
    let program = try sandbox.start(["run", "tiny.json"])
    #expect(program.wait { program.talkSoFar.contains("[2/") })
    stop(program)
    return (sandbox, try program.wait(), try sandbox.bytes("calm/table.csv"))
  }

  @Test func `Ctrl-C stops, and the same command carries on`() throws {
    let (sandbox, outcome, undisturbed) = try interrupted { $0.signalGroup(SIGINT) }
    #expect(outcome.status == 75)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.contains("To carry on, type\n"))
    #expect(outcome.stderr.hasSuffix(" run tiny.json\n"))
    let rest = try sandbox.regbench("run", "tiny.json")
    #expect(rest.status == 0, "\(rest.stderr)")
    #expect(try sandbox.bytes("results/tiny/full/table.csv") == undisturbed)
  }

  @Test func `a killed run is carried on`() throws {
    let (sandbox, outcome, undisturbed) = try interrupted { $0.signal(SIGKILL) }
    #expect(outcome.status == -SIGKILL)
    let rest = try sandbox.regbench("run", "tiny.json")
    #expect(rest.status == 0, "\(rest.stderr)")
    #expect(try sandbox.bytes("results/tiny/full/table.csv") == undisturbed)
  }
}

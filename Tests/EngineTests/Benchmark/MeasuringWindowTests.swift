import Testing

@testable import Engine

@Suite struct MeasuringWindowTests {
  @Test func `a window of steps makes as many calls, one that is too short makes one`() {
    var calls = 0
    _ = MeasuringWindow.steps(4).secondsPerCall(windows: 3) { calls += 1 }
    #expect(calls == 2 + 3 * 4)
    calls = 0
    // Too short for more than one step, however fast the machine.
    _ = MeasuringWindow.seconds(1e-9).secondsPerCall(windows: 5) { calls += 1 }
    #expect(calls == 2 + 1 + 5)
  }
}

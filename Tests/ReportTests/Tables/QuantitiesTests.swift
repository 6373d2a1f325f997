import Testing

@testable import Report

@Suite struct QuantitiesTests {
  @Test(arguments: [
    (0.24, "0.2 s"), (9.96, "10 s"), (59.4, "59 s"), (60, "1 min 00 s"), (3599, "59 min 59 s"),
    (3600, "1 h 00 min"), (90_000, "1 d 1 h"), (.infinity, "unknown"), (.nan, "unknown"),
  ])
  func `durations are printed in two units`(seconds: Double, text: String) {
    #expect(Quantities.duration(seconds) == text)
  }

  @Test func `counts agree with their noun`() {
    #expect(Quantities.count(1, "run") == "1 run")
    #expect(Quantities.count(0, "run") == "0 runs")
    #expect(Quantities.count(1200, "run") == "1,200 runs")
  }
}

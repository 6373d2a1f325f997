import Testing

@testable import Report

@Suite struct QuantitiesTests {
  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (5_400, "6 kB"), (999_000, "999 kB"),
    (1_200_000, "1.2 MB"), (1_210_000, "1.3 MB"), (123_400_000, "124 MB"),
    (3_400_000_000, "3.4 GB"),
  ])
  func `sizes are at least what there is`(bytes: Int, text: String) {
    #expect(Quantities.bytes(bytes) == text)
  }

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

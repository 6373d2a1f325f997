import Testing

@testable import regbench

@Suite struct QuantitiesTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
  ])
  func groupsThousands(number: Int, text: String) {
    #expect(Quantities.grouped(number) == text)
  }

  @Test(arguments: [
    (0.2, "under 1 s"), (59.4, "59 s"), (60, "1 min 00 s"), (3599, "59 min 59 s"),
    (3600, "1 h 00 min"), (90_000, "1 d 1 h"), (.infinity, "unknown"),
  ])
  func saysDurationsInTwoUnits(seconds: Double, text: String) {
    #expect(Quantities.duration(seconds) == text)
  }

  @Test func countsAgreeWithTheirNoun() {
    #expect(Quantities.count(1, "run") == "1 run")
    #expect(Quantities.count(0, "run") == "0 runs")
    #expect(Quantities.count(1200, "run") == "1,200 runs")
  }
}

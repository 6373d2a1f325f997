import Testing

@testable import Report

@Suite struct TickMarksTests {
  private func labels(_ marks: TickMarks) -> [String] { marks.ticks.map(\.label) }

  @Test func `round steps`() {
    #expect(labels(.linear(0...1, count: 5)) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(.linear(-0.1...0.1, count: 4)) == ["−0.10", "−0.05", "0.00", "0.05", "0.10"])
    #expect(labels(.linear(3...9_800, count: 5)) == ["2,000", "4,000", "6,000", "8,000"])
    #expect(labels(.linear(0...0.0004, count: 4)) == ["0", "10⁻⁴", "2·10⁻⁴", "3·10⁻⁴", "4·10⁻⁴"])
  }

  @Test func `logarithmic ticks are decades and their subdivisions`() {
    #expect(labels(.logarithmic(0.5...12, count: 5)) == ["0.5", "1", "2", "5", "10"])
    #expect(
      labels(.logarithmic(1e-7...1e-2, count: 5)) == [
        "10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴", "0.001", "0.01",
      ])
    #expect(labels(.logarithmic(10...20, count: 5)) == ["10", "15", "20"])
  }

  @Test(arguments: [
    (0, "0"), (500, "500"), (50_000, "50,000"), (0.95, "0.95"), (1e-5, "10⁻⁵"), (3e-5, "3·10⁻⁵"),
    (2e6, "2·10⁶"), (-1234, "−1,234"), (9.999999e-6, "10⁻⁵"),
  ])
  func `numbers are labelled in their shortest form`(value: Double, text: String) {
    #expect(TickMarks.label(value) == text)
  }

  @Test func `the step is the one that gives about as many marks as asked for`() {
    #expect(labels(.linear(0.003...1.048, count: 5)) == ["0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(.linear(0.8...1.01, count: 5)) == ["0.80", "0.85", "0.90", "0.95", "1.00"])
  }

  @Test func `an empty or endless range has no marks`() {
    #expect(TickMarks.linear(1...1, count: 5).ticks.count <= 1)
    #expect(TickMarks.linear(0...Double.infinity, count: 5).ticks.isEmpty)
  }
}

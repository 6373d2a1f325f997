import Report
import Testing

@Suite struct DecimalTextTests {
  private static let roundings: [(Double, Int, String)] = [
    (4.826, 2, "4.83"), (4.825, 2, "4.83"), (2.675, 2, "2.68"), (1.005, 2, "1.01"),
    (9.995, 2, "10.00"), (99.999, 2, "100.00"), (0.004, 2, "0.00"), (0.005, 2, "0.01"),
    (0.5, 0, "1"), (12, 2, "12.00"), (0.1, 3, "0.100"), (1234.5, 1, "1234.5"), (7, 0, "7"),
    // What sums leave of a tie is a tie.
    (2.6749999999999998, 2, "2.68"), (4.834999999999999, 2, "4.84"),
    (9.9999999999999982, 3, "10.000"), (1.0 / 3, 4, "0.3333"),
  ]

  @Test(arguments: roundings)
  func `rounds what a reader sees`(value: Double, decimals: Int, expected: String) {
    #expect(DecimalText.fixed(value, decimals: decimals) == expected)
  }

  @Test func `a rounded zero has no sign`() {
    #expect(DecimalText.fixed(-0.075, decimals: 2) == "-0.08")
    #expect(DecimalText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(DecimalText.fixed(-0.0, decimals: 1) == "0.0")
  }

  @Test func `very small and very large numbers are written out`() {
    #expect(DecimalText.fixed(1.5e-7, decimals: 2) == "0.00")
    #expect(DecimalText.fixed(1.5e-7, decimals: 8) == "0.00000015")
    #expect(DecimalText.fixed(2e20, decimals: 1) == "200000000000000000000.0")
    #expect(DecimalText.fixed(1.25e16, decimals: 2) == "12500000000000000.00")
  }

  @Test func `what is not a number is said in a word`() {
    #expect(DecimalText.fixed(.nan, decimals: 2) == "nan")
    #expect(DecimalText.fixed(-.infinity, decimals: 2) == "-inf")
  }

  @Test func `decimals of shortest texts`() {
    #expect(DecimalText.decimals(of: 0.001) == 3)
    #expect(DecimalText.decimals(of: 4.6) == 1)
    #expect(DecimalText.decimals(of: 150) == 0)
    #expect(DecimalText.decimals(of: 0) == 0)
    #expect(DecimalText.decimals(of: 1e-5) == 5)
  }

  @Test func `thousands are set apart by commas`() {
    #expect(DecimalText.grouped(999) == "999")
    #expect(DecimalText.grouped(10_000) == "10,000")
    #expect(DecimalText.grouped(-1_234_567) == "-1,234,567")
  }
}

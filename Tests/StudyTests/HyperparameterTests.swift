import Testing

@testable import Study

@Suite struct HyperparameterTests {
  @Test(
    arguments: [
      (0.3 - 0.1, 12, 0.2), (0.8 - 0.2, 12, 0.6), (0.0, 12, 0.0), (1 / 3.0, 4, 0.3333),
      (123_456.0, 4, 123_456.0), (0.044721, 4, 0.04472), (-0.25, 12, -0.25), (5e-4, 4, 5e-4),
    ])
  func rounding(value: Double, digits: Int, expected: Double) {
    #expect(Hyperparameter.rounded(value, digits: digits) == expected)
  }

  @Test func `text reads back exactly`() {
    #expect(Hyperparameter(name: "c", value: 1.0 / 3).text == "c=0.3333333333333333")
    #expect(Hyperparameter(name: "drop", value: 0.5).text == "drop=0.5")
  }
}

import Report
import Study
import Testing

@Suite struct IncompleteBetaTests {
  @Test func `ends are exact`() {
    #expect(Statistics.incompleteBeta(2, 3, at: 0) == 0)
    #expect(Statistics.incompleteBeta(2, 3, at: 1) == 1)
  }

  @Test(arguments: [0.01, 0.2, 0.5, 0.77, 0.999])
  func `closed forms`(x: Double) {
    // I_x(1, b) = 1 − (1 − x)^b; I_x(2, 2) = x²(3 − 2x); I_x(a, 1) = x^a.
    #expect(abs(Statistics.incompleteBeta(1, 3, at: x) - (1 - (1 - x) * (1 - x) * (1 - x))) < 1e-14)
    #expect(abs(Statistics.incompleteBeta(2, 2, at: x) - x * x * (3 - 2 * x)) < 1e-14)
    #expect(abs(Statistics.incompleteBeta(0.5, 1, at: x) - x.squareRoot()) < 1e-14)
  }

  @Test(arguments: [(0.5, 0.5), (2.5, 0.5), (40, 60), (300.5, 0.5)])
  func `both sides make one`(a: Double, b: Double) {
    for x in [0.05, 0.4, 0.6, 0.95] {
      let sum =
        Statistics.incompleteBeta(a, b, at: x) + Statistics.incompleteBeta(b, a, at: 1 - x)
      #expect(abs(sum - 1) < 1e-12)
    }
  }
}

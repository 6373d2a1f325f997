import Report
import Testing

@Suite struct StudentTTests {
  @Test func `one degree is cauchy and two has a closed form`() {
    #expect(abs(StudentT(degrees: 1).cumulative(1) - 0.75) < 1e-14)
    for t in [-3.0, -0.2, 0, 0.7, 12] {
      let exact = 0.5 + t / (2 * (2 + t * t).squareRoot())
      #expect(abs(StudentT(degrees: 2).cumulative(t) - exact) < 1e-14)
    }
  }

  // Quantiles as printed in tables of the t distribution.
  @Test(arguments: [
    (0.95, 1.0, 6.314), (0.95, 2, 2.920), (0.95, 4, 2.132), (0.975, 2, 4.303), (0.975, 4, 2.776),
    (0.975, 9, 2.262), (0.99, 30, 2.457), (0.975, 1000, 1.962),
  ])
  func `tabulated quantiles`(probability: Double, degrees: Double, expected: Double) {
    #expect(abs(StudentT(degrees: degrees).quantile(probability) - expected) < 6e-4)
  }

  @Test(arguments: [0.7, 1, 3.5, 50])
  func `quantile inverts the distribution`(degrees: Double) {
    let law = StudentT(degrees: degrees)
    for probability in [0.001, 0.3, 0.5, 0.8, 0.9999] {
      #expect(abs(law.cumulative(law.quantile(probability)) - probability) < 1e-12)
    }
    #expect(law.quantile(0.2) == -law.quantile(0.8))
  }

  @Test func `the ends of the range have their limits`() {
    let law = StudentT(degrees: 4)
    #expect(law.upperTail(.infinity) == 0)
    #expect(law.upperTail(-.infinity) == 1)
    #expect(law.upperTail(.nan).isNaN)
    #expect(law.quantile(0) == -.infinity)
    #expect(law.quantile(1) == .infinity)
    #expect(law.quantile(1.5).isNaN)
    // Far out the tail of 4 degrees of freedom falls as 3/t⁴.
    #expect(abs(law.upperTail(1e4) * 1e16 / 3 - 1) < 1e-6)
  }
}

import Glibc
import Testing

@testable import Model

@Suite struct GeneralizedLinearModelTests {
  @Test func `the potential's second derivative is the variance of an answer`() {
    for theta in [-3.0, -0.4, 0, 1.2, 6] {
      for model in GeneralizedLinearModel.allCases {
        let h = 1e-3
        let second =
          (model.potential(theta + h) - 2 * model.potential(theta) + model.potential(theta - h))
          / (h * h)
        let one = 1 / (1 + exp(-theta))
        #expect(abs(second - (model == .logistic ? one * (1 - one) : 1)) < 1e-6)
      }
    }
  }

  @Test func `nothing overflows`() {
    #expect(GeneralizedLinearModel.logistic.potential(1000) == 1000)
    #expect(GeneralizedLinearModel.logistic.potential(-1000) == 0)
  }
}

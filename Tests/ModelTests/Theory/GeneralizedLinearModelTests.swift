import Testing

@testable import Model

@Suite struct GeneralizedLinearModelTests {
  @Test(arguments: GeneralizedLinearModel.allCases)
  func `the curvature is the potential's second derivative`(model: GeneralizedLinearModel) {
    for theta in [-3.0, -0.4, 0, 1.2, 6] {
      let h = 1e-3
      let second =
        (model.potential(theta + h) - 2 * model.potential(theta) + model.potential(theta - h))
        / (h * h)
      #expect(abs(second - model.curvature(theta)) < 1e-6)
    }
  }

  @Test func `nothing overflows`() {
    #expect(GeneralizedLinearModel.logistic.potential(1000) == 1000)
    #expect(GeneralizedLinearModel.logistic.potential(-1000) == 0)
    #expect(GeneralizedLinearModel.logistic.curvature(-1000) == 0)
  }
}

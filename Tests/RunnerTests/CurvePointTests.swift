import Testing

@testable import Runner

@Suite struct CurvePointTests {
  private let curve = [
    CurvePoint(update: 10, trainingLoss: 2, validationError: 9, testError: 8),
    CurvePoint(update: 20, trainingLoss: nil, validationError: 4, testError: 6.5),
    CurvePoint(update: 30, trainingLoss: 0.1, validationError: 4, testError: 5),
    CurvePoint(update: 40, trainingLoss: .nan, validationError: nil, testError: 5),
  ]

  @Test func `the earliest of equals is the best`() {
    #expect(curve.bestOnValidation?.update == 20)
    #expect(curve.bestOnTest?.update == 30)
    #expect([CurvePoint]().bestOnTest == nil)
    #expect([curve[3]].bestOnValidation == nil)
  }

  @Test func `the table has a row for each point`() {
    #expect(
      curve.csv == """
        update,training_loss,validation_error,test_error
        10,2,9,8
        20,,4,6.5
        30,0.1,4,5
        40,nan,,5

        """)
  }
}

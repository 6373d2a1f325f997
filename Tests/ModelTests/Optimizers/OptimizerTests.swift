import Testing

@testable import Model

@Suite struct OptimizerTests {
  private func read(_ text: String) throws -> (value: Optimizer, problems: [String]) {
    try reading(text) { Optimizer(reading: $0) }
  }

  @Test(arguments: [
    Optimizer.sgd(SGD(style: .nesterov, momentum: 0.9)),
    .adam(Adam(beta1: 0.5, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1)),
  ])
  func `the canonical form reads back`(optimizer: Optimizer) throws {
    let (value, problems) = try read(optimizer.json.canonicalText)
    #expect(problems == [])
    #expect(value == optimizer)
  }

  @Test func `names choose the rule, and none is gradient descent`() throws {
    #expect(try read("{}").value == .sgd(SGD(style: .pytorch)))
    #expect(try read(#"{"name": "adam"}"#).value == .adam(Adam()))
  }

  @Test(arguments: [
    #"{"name": "adma"}"#, #"{"name": "adam", "momentum": 0.9}"#, #"{"name": "adam", "beta1": 1}"#,
    #"{"name": "adam", "epsilon": 0}"#, #"{"beta1": 0.9}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try read(text).problems.count == 1)
  }
}

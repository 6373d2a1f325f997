import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct SGDStateTests {
  private func update(_ state: SGDState, rate: Double) {
    state.learningRate = rate
    perform(state.stages)
  }

  private func rule(_ style: SGD.Style) -> SGDReference.Rule {
    switch style {
    case .caffe: .rateInVelocity
    case .pytorch: .rateInStep
    case .nesterov: .nesterov
    case .cudaConvnet: .negative
    }
  }

  @Test func `cuda-convnet's style leaves biases undecayed`() {
    let bias = OwnedParameter("fc1.bias", [1, -3], role: .bias)
    let state = SGDState(
      SGD(style: .cudaConvnet, momentum: 0.9, weightDecay: 0.5), [bias.parameter])
    update(state, rate: 0.1)
    #expect(bias.values == [1, -3])
  }

  @Test func `Nesterov's first step is 1 + μ times the plain one`() {
    let owned = OwnedParameter("w", [1])
    let state = SGDState(SGD(style: .nesterov, momentum: 0.5), [owned.parameter])
    owned.parameter.gradient[0] = 1
    update(state, rate: 0.25)
    #expect(owned.values == [1 - 0.25 * 1.5])
    update(state, rate: 0.25)
    // v = 1.5, and the step is lr·(1 + 0.5·1.5).
    #expect(owned.values == [1 - 0.25 * 1.5 - 0.25 * 1.75])
  }

  @Test(arguments: SGD.Style.allCases)
  func `follows the reference on a quadratic while the rate changes`(style: SGD.Style) {
    let curvature = TestNumbers.uniform(1000, "curvature", in: 0.5...2)
    let start = TestNumbers.uniform(1000, "start")
    let owned = OwnedParameter("fc1.weight", start.map(Float.init))
    let state = SGDState(
      SGD(style: style, momentum: 0.9, weightDecay: 0.01), [owned.parameter])
    var expected = start
    var references = start.map { _ in
      SGDReference(rule(style), momentum: 0.9, weightDecay: 0.01)
    }
    for step in 0..<30 {
      let rate = 0.05 / (1 + 0.1 * Double(step))
      for index in 0..<1000 {
        owned.parameter.gradient[index] = Float(curvature[index]) * owned.parameter.values[index]
        expected[index] = references[index].step(
          expected[index], gradient: curvature[index] * expected[index], rate: rate)
      }
      update(state, rate: rate)
    }
    #expect(Agreement.error(owned.values, expected) < 1e-5)
  }

  @Test(arguments: SGD.Style.allCases)
  func `without momentum a quadratic shrinks by its closed form`(style: SGD.Style) {
    // ∇ = a·w, so that w ← (1 − lr·(a + wd))·w.
    let owned = OwnedParameter("fc1.weight", [1, -2, 0.5])
    let state = SGDState(SGD(style: style, weightDecay: 0.1), [owned.parameter])
    for _ in 0..<10 {
      for index in 0..<3 { owned.parameter.gradient[index] = 2 * owned.parameter.values[index] }
      update(state, rate: 0.1)
    }
    let shrink = (0..<10).reduce(1.0) { product, _ in product * (1 - 0.1 * 2.1) }
    #expect(Agreement.error(owned.values, [shrink, -2 * shrink, 0.5 * shrink]) < 1e-6)
    #expect(state.velocities.isEmpty)
  }

  @Test func `the two styles agree while the rate is constant and part when it changes`() {
    let start = TestNumbers.uniform(100, "start").map(Float.init)
    func train(_ style: SGD.Style, rates: [Double]) -> [Float] {
      let owned = OwnedParameter("w", start)
      let state = SGDState(
        SGD(style: style, momentum: 0.9, weightDecay: 0.01), [owned.parameter])
      for rate in rates {
        for index in start.indices {
          owned.parameter.gradient[index] = owned.parameter.values[index]
        }
        update(state, rate: rate)
      }
      return owned.values
    }
    let constant = [Double](repeating: 0.05, count: 20)
    let falling = (0..<20).map { 0.05 / Double(1 + $0) }
    let same = Agreement.error(
      train(.caffe, rates: constant), train(.pytorch, rates: constant).map(Double.init))
    let different = Agreement.error(
      train(.caffe, rates: falling), train(.pytorch, rates: falling).map(Double.init))
    #expect(same < 1e-6)
    #expect(different > 1e-3)
  }

  @Test func `multipliers act on rate and decay of the parameters they match`() {
    let weight = OwnedParameter("fc1.weight", [1])
    let bias = OwnedParameter("fc1.bias", [1])
    let optimizer = SGD(
      style: .caffe, weightDecay: 0.5,
      multipliers: [SGD.Multiplier(pattern: "*.bias", learningRate: 2, weightDecay: 0)])
    let state = SGDState(optimizer, [weight.parameter, bias.parameter])
    weight.parameter.gradient[0] = 1
    bias.parameter.gradient[0] = 1
    update(state, rate: 0.1)
    #expect(abs(weight.values[0] - 0.85) < 1e-6)
    #expect(abs(bias.values[0] - 0.8) < 1e-6)
  }

  @Test func `parameters longer than a block are updated to their ends`() {
    let owned = OwnedParameter("w", [Float](repeating: 1, count: 100_003))
    let state = SGDState(SGD(style: .pytorch, momentum: 0.5), [owned.parameter])
    owned.parameter.gradient.update(repeating: 1)
    update(state, rate: 0.25)
    update(state, rate: 0.25)
    #expect(owned.values.allSatisfy { $0 == 1 - 0.25 - 0.375 })
    #expect(state.velocities.count == 1)
    #expect(state.velocities[0].values.allSatisfy { $0 == 1.5 })
  }
}

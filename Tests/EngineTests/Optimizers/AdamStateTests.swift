import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct AdamStateTests {
  private func update(_ state: AdamState, rate: Double) {
    state.learningRate = rate
    perform(state.stages)
  }

  @Test(arguments: [Adam(), Adam(beta1: 0.5, beta2: 0.9, epsilon: 1e-3, weightDecay: 0.02)])
  func `follows the reference on a quadratic while the rate changes`(adam: Adam) {
    let curvature = TestNumbers.uniform(1000, "curvature", in: 0.5...2)
    let start = TestNumbers.uniform(1000, "start")
    let owned = OwnedParameter("fc1.weight", start.map(Float.init))
    let state = AdamState(adam, [owned.parameter])
    var expected = start
    var references = start.map { _ in
      AdamReference(
        beta1: adam.beta1, beta2: adam.beta2, epsilon: adam.epsilon,
        weightDecay: adam.weightDecay)
    }
    for step in 0..<30 {
      let rate = 0.01 / (1 + 0.1 * Double(step))
      for index in 0..<1000 {
        owned.parameter.gradient[index] = Float(curvature[index]) * owned.parameter.values[index]
        expected[index] = references[index].step(
          expected[index], gradient: curvature[index] * expected[index], rate: rate)
      }
      update(state, rate: rate)
    }
    #expect(Agreement.error(owned.values, expected) < 1e-4)
  }

  @Test func `the first step is the rate, whatever the gradient's size`() {
    let owned = OwnedParameter("w", [1, 1, 1])
    let state = AdamState(Adam(epsilon: 1e-12), [owned.parameter])
    _ = owned.parameter.gradient.update(fromContentsOf: [1e-3, -5, 100] as [Float])
    update(state, rate: 0.25)
    #expect(Agreement.error(owned.values, [0.75, 1.25, 0.75]) < 1e-6)
  }

  @Test func `a constant gradient moves by the rate in every step`() {
    let owned = OwnedParameter("w", [0])
    let state = AdamState(Adam(), [owned.parameter])
    owned.parameter.gradient[0] = 0.5
    for _ in 0..<100 { update(state, rate: 0.01) }
    #expect(abs(owned.values[0] + 1) < 1e-5)
  }

  @Test func `goes on with the same bits from its buffers`() {
    let start = TestNumbers.uniform(50, "start").map(Float.init)
    let (through, before, after) = (
      OwnedParameter("w", start), OwnedParameter("w", start), OwnedParameter("w", start)
    )
    func train(_ state: AdamState, _ owned: OwnedParameter, steps: Int) {
      for _ in 0..<steps {
        for index in 0..<50 { owned.parameter.gradient[index] = 2 * owned.parameter.values[index] }
        update(state, rate: 0.05)
      }
    }
    train(AdamState(Adam(), [through.parameter]), through, steps: 7)
    let first = AdamState(Adam(), [before.parameter])
    train(first, before, steps: 3)
    let second = AdamState(Adam(), [after.parameter])
    #expect(first.buffers.map(\.name) == ["w.gradientMean", "w.squareMean", "optimizer.updates"])
    for (from, to) in zip(first.buffers, second.buffers) {
      _ = to.values.update(fromContentsOf: from.values)
    }
    _ = after.parameter.values.update(fromContentsOf: before.parameter.values)
    train(second, after, steps: 4)
    #expect(after.values == through.values)
  }

  @Test func `parameters longer than a block are updated to their ends`() {
    let owned = OwnedParameter("w", [Float](repeating: 1, count: 100_003))
    let state = AdamState(Adam(), [owned.parameter])
    owned.parameter.gradient.update(repeating: 1)
    update(state, rate: 0.25)
    #expect(owned.values.allSatisfy { $0 == owned.values[0] && abs($0 - 0.75) < 1e-6 })
  }
}

import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct PenaltyStepsTests {
  /// The worked example of Delayed Strong Regularization: one update an epoch.
  private static let start: [Float] = [0.02, -0.3, 0.004]
  private static let gradients: [[Float]] = [[0.1, -0.2, 0.01], [-0.1, 0.2, -0.01]]

  private func train(
    _ penalties: [WeightPenalty], epochs: Int = 8, values: [Float] = start,
    role: ParameterSpec.Role = .weight, gradients: [[Float]] = gradients, rate: Double = 0.05,
    multipliers: [SGD.Multiplier] = []
  ) -> [[Float]] {
    let owner = OwnedParameter("w", values, role: role)
    let sgd = SGD(style: .pytorch, momentum: 0.9, multipliers: multipliers)
    let optimizer = SGDState(sgd, [owner.parameter])
    let steps = PenaltySteps(penalties, [owner.parameter], .sgd(sgd))
    return (0..<epochs).map { epoch in
      _ = owner.parameter.gradient.update(fromContentsOf: gradients[epoch % gradients.count])
      optimizer.learningRate = rate
      steps.prepare(
        TrainingMoment(epoch: epoch, epochs: Double(epochs)), learningRate: rate)
      perform(steps.gradientStages + optimizer.stages + steps.proximalStages)
      return owner.values
    }
  }

  @Test func `the proximal L1 penalty reproduces the worked example`() {
    let weights = train([
      WeightPenalty(.absoluteProximal, lambda: 0.05, schedule: .delayed(gamma: 5))
    ])
    let expected: [[Double]] = [
      [0.015, -0.29, 0.0035], [0.0155, -0.291, 0.00355], [0.01095, -0.2819, 0.003095],
      [0.011855, -0.28371, 0.0031855], [0.0076695, -0.275339, 0.00276695],
      [0.00640255, -0.2753051, 0.000390255], [1.2295e-05, -0.26502459, 0],
      [0, -0.265522131, 0],
    ]
    for (got, wanted) in zip(weights, expected) { #expect(Agreement.error(got, wanted) < 1e-6) }
    #expect(weights[6][2] == 0 && weights[7][0] == 0 && weights[7][2] == 0)
  }

  @Test func `the L2 penalty with factor 2 reproduces the worked example`() {
    let weights = train([
      WeightPenalty(.squared(gradientFactor: 2), lambda: 0.01, schedule: .delayed(gamma: 5))
    ])
    let expected: [[Double]] = [
      [0.0088948805, -0.277529761, 0.00288748805],
      [0.004988828069, -0.269223916139, 0.002493084807],
      [0.006468392054, -0.271479431848, 0.002635628803],
    ]
    for (got, wanted) in zip(weights[5...], expected) {
      #expect(Agreement.error(got, wanted) < 1e-6)
    }
  }

  static let delayed: [WeightPenalty] = [
    WeightPenalty(.absoluteProximal, lambda: 0.05, schedule: .delayed(gamma: 5)),
    WeightPenalty(.absolute, lambda: 0.05, schedule: .delayed(gamma: 5)),
    WeightPenalty(.squared(gradientFactor: 2), lambda: 0.05, schedule: .delayed(gamma: 5)),
  ]

  @Test(arguments: delayed)
  func `before epoch γ a delayed penalty is none, bit for bit, and behind it is the constant one`(
    penalty: WeightPenalty
  ) {
    let plain = train([])
    let weights = train([penalty])
    #expect(Array(weights[..<5]) == Array(plain[..<5]))
    #expect(weights[5] != plain[5])
  }

  @Test(arguments: delayed)
  func `biases, gains and shifts are never penalized`(penalty: WeightPenalty) {
    var constant = penalty
    constant.schedule = .constant
    for role in [ParameterSpec.Role.bias, .gain, .shift] {
      #expect(train([constant], role: role) == train([], role: role))
    }
    #expect(train([constant]) != train([]))
  }

  @Test func `the gradient part is that of the penalty`() {
    let values = exactNumbers(300, "w").map { abs($0) < 0.01 ? 0.5 : $0 }
    let owner = OwnedParameter("w", values.map(Float.init))
    let cases: [(WeightPenalty.Kind, ([Double]) -> Double)] = [
      (.squared(gradientFactor: 2), { $0.reduce(0) { $0 + $1 * $1 } }),
      (.squared(gradientFactor: 1), { $0.reduce(0) { $0 + $1 * $1 / 2 } }),
      (.absolute, { $0.reduce(0) { $0 + abs($1) } }),
    ]
    for (kind, omega) in cases {
      owner.parameter.gradient.update(repeating: 0)
      let steps = PenaltySteps(
        [WeightPenalty(kind, lambda: 0.3)], [owner.parameter], .sgd(SGD(style: .pytorch)))
      steps.prepare(TrainingMoment(), learningRate: 1)
      perform(steps.gradientStages)
      let outcome = GradientChecker(tolerance: 1e-5).check(
        at: owner.values.map(Double.init), analytic: owner.parameter.gradient.map(Double.init)
      ) { 0.3 * omega($0) }
      #expect(outcome.isClean, "\(outcome.mismatches)")
    }
  }

  @Test func `a subgradient at 0 is 0`() {
    let still = [[Float](repeating: 0, count: 3)]
    let weights = train(
      [WeightPenalty(.absolute, lambda: 1)], epochs: 1, values: [0, 1, -1], gradients: still)
    #expect(weights[0] == [0, 0.95, -0.95])
  }

  @Test func `the proximal threshold follows the parameter's learning rate`() {
    let still = [[Float](repeating: 0, count: 3)]
    let penalty = WeightPenalty(.absoluteProximal, lambda: 0.5)
    let twice = SGD.Multiplier(pattern: "w", learningRate: 2)
    #expect(
      train([penalty], epochs: 1, values: [1, -1, 0.03], gradients: still, rate: 0.125)
        == [[0.9375, -0.9375, 0]])
    #expect(
      train(
        [penalty], epochs: 1, values: [1, -1, 0.03], gradients: still, rate: 0.125,
        multipliers: [twice]) == [[0.875, -0.875, 0]])
  }

  @Test func `under Ivanov's rule only weights above the threshold are penalized`() {
    let still = [[Float](repeating: 0, count: 3)]
    let penalty = WeightPenalty(
      .absolute, lambda: 1, schedule: .ivanov(threshold: 2))
    #expect(train([penalty], epochs: 1, values: [1, -1, 0], gradients: still) == [[1, -1, 0]])
    #expect(
      train([penalty], epochs: 1, values: [1.5, -1, 0], gradients: still) == [[1.45, -0.95, 0]])
  }

  @Test func `not-a-number is no zero`() {
    let weights = train(
      [WeightPenalty(.absoluteProximal, lambda: 1)], epochs: 1, values: [.nan, 1, 1])
    #expect(weights[0][0].isNaN)
  }

  @Test func `long parameters are penalized to their ends`() {
    let values = exactNumbers(70_001, "long").map(Float.init)
    let owner = OwnedParameter("w", values)
    let sum = values.reduce(0) { $0 + abs(Double($1)) }
    #expect(abs(absoluteSum(owner.parameter.base, values.count) - sum) < 1e-5 * sum)
    softThreshold(owner.parameter.base, 0.25, values.count)
    let expected = values.map { w in
      abs(w) <= 0.25 ? 0 : Double(w) - (w > 0 ? 0.25 : -0.25)
    }
    #expect(Agreement.error(owner.values, expected) < 1e-6)
  }
}

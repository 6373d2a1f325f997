import Testing

@testable import Model

/// Section 3 of the Shakeout paper, by enumeration of all masks; where it is wrong, the true statement.
@Suite struct ShakeoutRegularizerTests {
  private func logistic(_ inputs: [Double], drop: Double, c: Double) -> ShakeoutRegularizer {
    ShakeoutRegularizer(model: .logistic, inputs: inputs, drop: drop, c: c)
  }

  private let cases: [(inputs: [Double], weights: [Double])] = [
    ([1], [2]), ([1], [-0.3]), ([-2], [0.7]), ([1, 1], [1, 1]), ([1, 2, 0.5], [1, -2, 0.5]),
    ([0.4, -1.2, 2, 0.1], [0, 0.6, -0.2, 3]),
  ]

  @Test func `reproduces the worked examples`() {
    let figure2 = logistic([1], drop: 0.3, c: 0.78)
    #expect(abs(figure2.exact([2]) - 0.248479) < 1e-6)
    #expect(abs((figure2.bound() ?? 0) - 0.3472032198669785) < 1e-12)
    #expect(abs((logistic([1], drop: 0.5, c: 0).bound() ?? 0) - 0.34657359027997264) < 1e-12)
    let linear = ShakeoutRegularizer(model: .linear, inputs: [1, 2, 0.5], drop: 0.3, c: 0.78)
    #expect(abs(linear.exact([1, -2, 0.5]) - 7.391057142857) < 1e-10)
  }

  @Test func `equation 7 is the expectation for one input`() {
    for (inputs, weights) in cases where inputs.count == 1 {
      for (drop, c) in [(0.3, 0.78), (0.5, 0), (0.9, 2)] {
        let regularizer = logistic(inputs, drop: drop, c: c)
        #expect(abs(regularizer.equation7(weights) - regularizer.exact(weights)) < 1e-12)
      }
    }
  }

  @Test func `equation 7 and the quadratic are the expectation for linear regression`() {
    for (inputs, weights) in cases {
      let linear = ShakeoutRegularizer(model: .linear, inputs: inputs, drop: 0.4, c: 0.6)
      #expect(abs(linear.equation7(weights) - linear.exact(weights)) < 1e-12)
      // The second-order approximation, τ/(2(1 − τ))·Σ q_j², for which A″ = 1.
      let squares = zip(inputs, weights).map { input, weight in
        let q = input * (weight + 0.6 * ShakeoutRegularizer.sign(weight))
        return q * q
      }
      #expect(abs(0.4 / (2 * 0.6) * squares.reduce(0, +) - linear.exact(weights)) < 1e-12)
    }
  }

  @Test func `equation 7 is not the expectation for logistic regression on two inputs`() {
    let dropout = logistic([1, 1], drop: 0.5, c: 0)
    #expect(abs(dropout.exact([1, 1]) - 0.114360) < 1e-6)
    #expect(abs(dropout.equation7([1, 1]) - 0.107993) < 1e-6)
  }

  @Test func `weights of 0 add nothing, and nothing that masks add is negative`() {
    for (inputs, weights) in cases {
      for model in GeneralizedLinearModel.allCases {
        let regularizer = ShakeoutRegularizer(model: model, inputs: inputs, drop: 0.4, c: 0.5)
        #expect(regularizer.exact(weights.map { _ in 0 }) == 0)
        #expect(regularizer.exact(weights) > 0)
        #expect(regularizer.equation7(weights) > 0)
      }
    }
  }

  @Test func `it grows with τ and with c where some input has a weight`() {
    for (inputs, weights) in cases {
      let byDrop = stride(from: 0.0, to: 0.9, by: 0.1).map {
        logistic(inputs, drop: $0, c: 0.5).exact(weights)
      }
      let byC = stride(from: 0.0, to: 3, by: 0.25).map {
        logistic(inputs, drop: 0.4, c: $0).exact(weights)
      }
      for values in [byDrop, byC] {
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }

  @Test(arguments: [(0.5, 0.0), (0.3, 0.78), (0.3, 0.39)])
  func `one weight pulls towards 0, ever less, and never adds more than the bound`(
    drop: Double, c: Double
  ) throws {
    let regularizer = logistic([1], drop: drop, c: c)
    let bound = try #require(regularizer.bound())
    func slope(_ w: Double) -> Double {
      (regularizer.exact([w + 1e-4]) - regularizer.exact([w - 1e-4])) / 2e-4
    }
    for w in [0.1, 0.5, 1, 2, 5] {
      #expect(slope(w) > 0 && slope(-w) < 0)
      #expect(abs(regularizer.exact([w]) - regularizer.exact([-w])) < 1e-12)
      #expect(regularizer.exact([w]) < bound)
    }
    #expect(abs(slope(40)) < 1e-6)
    #expect(abs(regularizer.exact([60]) - bound) < 1e-9)
    #expect(ShakeoutRegularizer(model: .linear, inputs: [1], drop: drop, c: c).bound() == nil)
  }

  @Test(arguments: [-2.0, -0.1, 0, 0.3, 5])
  func `the mean of the effective weights is the weight`(w: Double) {
    for (drop, c) in [(0.3, 0.78), (0.5, 0), (0, 1)] {
      let regularizer = logistic([1], drop: drop, c: c)
      let reversed = regularizer.effectiveWeight(w, isReversed: true)
      let enhanced = regularizer.effectiveWeight(w, isReversed: false)
      #expect(abs(drop * reversed + (1 - drop) * enhanced - w) < 1e-12)
      if c == 0 { #expect(reversed == 0 && reversed.sign == .plus) }
    }
  }
}

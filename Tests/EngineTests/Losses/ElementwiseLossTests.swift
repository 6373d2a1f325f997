import TestSupport
import Testing

@testable import Engine

@Suite struct SigmoidCrossEntropyTests {
  @Test(arguments: [1, 5, 8, 19], [OutputReduction.mean, .sum])
  func `loss and gradient agree with the definition`(outputs: Int, reduction: OutputReduction) {
    let reference = OutputLossReference.sigmoidCrossEntropy
    let z = exactNumbers(6 * outputs, "z").map { 8 * $0 }
    let t = exactNumbers(6 * outputs, "t").map { abs($0) }
    let (total, gradient) = measure(
      ElementwiseLoss(.sigmoidCrossEntropy, outputs: outputs, lanes: 2, reduction: reduction),
      z.map(Float.init),
      t.map(Float.init), count: 6, lanes: 2)
    let weight = reduction == .mean ? 1 / Double(outputs) : 1
    let expected = zip(z, t).reduce(0) { $0 + weight * reference.value($1.0, $1.1) }
    #expect(abs(total.lossSum - expected) < 1e-5 * max(1, expected))
    let slopes: [Double] = zip(z, t).map { weight / 6 * reference.derivative($0, $1) }
    #expect(Agreement.error(gradient, slopes) < 1e-6)
  }

  @Test func `the reference's derivative is that of its loss`() {
    let reference = OutputLossReference.sigmoidCrossEntropy
    let (z, t) = (exactNumbers(20, "z").map { 5 * $0 }, exactNumbers(20, "t").map { abs($0) })
    let outcome = GradientChecker().check(
      at: z, analytic: zip(z, t).map { reference.derivative($0, $1) }
    ) { zip($0, t).reduce(0) { $0 + reference.value($1.0, $1.1) } }
    #expect(outcome.isClean, "\(outcome.mismatches)")
  }

  @Test func `large log-odds neither overflow nor vanish`() {
    let (total, gradient) = measure(
      ElementwiseLoss(.sigmoidCrossEntropy, outputs: 1, lanes: 1, reduction: .mean),
      [200, 200, -200, -200], [1, 0, 1, 0], count: 4,
      lanes: 1)
    #expect(total.lossSum == 400)
    #expect(gradient == [0, 0.25, -0.25, 0])
  }

  @Test func `a not-a-number output makes the loss not a number`() {
    let (total, _) = measure(
      ElementwiseLoss(.sigmoidCrossEntropy, outputs: 2, lanes: 1, reduction: .mean), [.nan, 1],
      [1, 1], count: 1, lanes: 1)
    #expect(total.lossSum.isNaN)
  }
}

@Suite struct MeanSquaredErrorTests {
  @Test(arguments: [1, 3, 8, 21], [OutputReduction.mean, .sum])
  func `loss and gradient agree with the definition`(outputs: Int, reduction: OutputReduction) {
    let reference = OutputLossReference.squaredError
    let (z, t) = (exactNumbers(7 * outputs, "z"), exactNumbers(7 * outputs, "t"))
    let (total, gradient) = measure(
      ElementwiseLoss(.squaredError, outputs: outputs, lanes: 3, reduction: reduction),
      z.map(Float.init),
      t.map(Float.init), count: 7, lanes: 3)
    let weight = reduction == .mean ? 1 / Double(outputs) : 1
    let expected = zip(z, t).reduce(0) { $0 + weight * reference.value($1.0, $1.1) }
    #expect(abs(total.lossSum - expected) < 1e-5 * max(1, expected))
    #expect(total.errors == 0)
    let slopes: [Double] = zip(z, t).map { weight / 7 * reference.derivative($0, $1) }
    #expect(Agreement.error(gradient, slopes) < 1e-6)
  }

  @Test func `hand-computed values`() {
    let (total, gradient) = measure(
      ElementwiseLoss(.squaredError, outputs: 2, lanes: 1, reduction: .mean), [1, 2, 3, 4],
      [0, 0, 3, 6], count: 2, lanes: 1)
    #expect(total.lossSum == 2.5 + 2)
    #expect(gradient == [0.5, 1, 0, -1])
  }
}

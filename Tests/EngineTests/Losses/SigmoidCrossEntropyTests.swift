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
      SigmoidCrossEntropy(outputs: outputs, lanes: 2, reduction: reduction), z.map(Float.init),
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
      SigmoidCrossEntropy(outputs: 1, lanes: 1), [200, 200, -200, -200], [1, 0, 1, 0], count: 4,
      lanes: 1)
    #expect(total.lossSum == 400)
    #expect(gradient == [0, 0.25, -0.25, 0])
  }

  @Test func `a number that is none makes the loss none`() {
    let (total, _) = measure(
      SigmoidCrossEntropy(outputs: 2, lanes: 1), [.nan, 1], [1, 1], count: 1, lanes: 1)
    #expect(total.lossSum.isNaN)
  }
}

import TestSupport
import Testing

@testable import Engine

@Suite struct MeanSquaredErrorTests {
  @Test(arguments: [1, 3, 8, 21], [OutputReduction.mean, .sum])
  func `loss and gradient agree with the definition`(outputs: Int, reduction: OutputReduction) {
    let reference = OutputLossReference.squaredError
    let (z, t) = (exactNumbers(7 * outputs, "z"), exactNumbers(7 * outputs, "t"))
    let (total, gradient) = measure(
      MeanSquaredError(outputs: outputs, lanes: 3, reduction: reduction), z.map(Float.init),
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
      MeanSquaredError(outputs: 2, lanes: 1), [1, 2, 3, 4], [0, 0, 3, 6], count: 2, lanes: 1)
    #expect(total.lossSum == 2.5 + 2)
    #expect(gradient == [0.5, 1, 0, -1])
  }
}

import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite struct ShakeoutDenseReferenceTests {
  private let example = ShakeoutExample.reference

  @Test func `reproduces the worked example`() {
    let gradients = example.backward(ShakeoutExample.x, ShakeoutExample.delta)
    #expect(
      Agreement.error(example.forward(ShakeoutExample.x).values, ShakeoutExample.output) < 1e-6)
    #expect(
      Agreement.error(
        example.dense.forward(ShakeoutExample.x).values, ShakeoutExample.plainOutput) < 1e-6)
    #expect(Agreement.error(gradients.input.values, ShakeoutExample.inputGradient) < 1e-6)
    #expect(Agreement.error(gradients.weights.values, ShakeoutExample.weightGradient) < 1e-6)
    #expect(Agreement.error(gradients.bias, ShakeoutExample.biasGradient) < 1e-6)
  }

  @Test func `the input's gradient is that of the output with the signs frozen`() {
    let outcome = GradientChecker().check(
      at: ShakeoutExample.x.values,
      analytic: example.backward(ShakeoutExample.x, ShakeoutExample.delta).input.values
    ) { values in
      let x = ReferenceMatrix(rows: 2, columns: 3, values: values)
      return ReferenceMatrix.dot(example.forward(x), ShakeoutExample.delta)
    }
    #expect(outcome.isClean, "\(outcome.mismatches)")
  }

  @Test(arguments: [0.5, 1, 3])
  func `the weights' gradient is that with S + tanh(kW) − tanh(kW₀) for the sign`(k: Double) {
    var layer = example
    layer.tanhScale = k
    let outcome = GradientChecker().check(
      at: ShakeoutExample.weights.values,
      analytic: layer.backward(ShakeoutExample.x, ShakeoutExample.delta).weights.values
    ) { values in
      var moved = layer
      moved.dense.weights = ReferenceMatrix(rows: 2, columns: 3, values: values)
      let standIn = moved.dense.weights.zip(ShakeoutExample.weights) {
        tanh(k * $0) - tanh(k * $1)
      }
      moved.signs = layer.signs.zip(standIn) { $0 + $1 }
      return ReferenceMatrix.dot(moved.forward(ShakeoutExample.x), ShakeoutExample.delta)
    }
    #expect(outcome.isClean, "\(outcome.mismatches)")
  }

  @Test(arguments: [(0.2, 0.3), (0.7, 5)])
  func `the mean over all masks is the plain output`(drop: Double, c: Double) {
    let dense = DenseReference(
      weights: TestNumbers.matrix(3, 7, "weights"), bias: [0.1, 0.2, 0.3])
    let x = TestNumbers.matrix(1, 7, "x")
    var mean = [Double](repeating: 0, count: 3)
    for pattern in 0..<128 {
      let mask = (0..<7).map { Double(pattern >> $0 & 1) }
      let weight = mask.reduce(1) { $0 * ($1 == 1 ? 1 - drop : drop) }
      let layer = ShakeoutDenseReference(
        dense: dense,
        dropout: DropoutReference(
          drop: drop, mask: ReferenceMatrix(rows: 1, columns: 7, values: mask)),
        c: c)
      for (index, value) in layer.forward(x).values.enumerated() { mean[index] += weight * value }
    }
    #expect(Agreement.error(mean, dense.forward(x).values) < 1e-12)
  }
}

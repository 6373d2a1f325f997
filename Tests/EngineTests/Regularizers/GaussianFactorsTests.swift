import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct GaussianFactorsTests {
  private func layer(_ variance: Double, units: Int, capacity: Int) -> StandaloneLayer {
    StandaloneLayer(inputs: units, outputs: units, capacity: capacity) {
      unitNoise(
        .gaussian(variance: variance), $1, stream: $2.root.stream(.mask, "fc1.input"), context: $2)
    }
  }

  private func ones(_ samples: Int, _ units: Int) -> ReferenceMatrix {
    ReferenceMatrix(
      rows: samples, columns: units, values: Array(repeating: 1, count: samples * units))
  }

  @Test(arguments: [0.1, 0.43, 1])
  func `factors have mean 1 and the variance`(variance: Double) {
    let (samples, units) = (100, 333)
    let factors = layer(variance, units: units, capacity: samples)
      .forward(ones(samples, units), step: 3).map(Double.init)
    let count = Double(factors.count)
    let mean = factors.reduce(0, +) / count
    #expect(abs(mean - 1) < 5 * (variance / count).squareRoot())
    let measured = factors.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / count
    #expect(abs(measured - variance) < 5 * variance * (2 / count).squareRoot())
    #expect(abs(factors[0] - factors[units]) > 1e-6)
  }

  @Test func `the gradient has the same factors`() {
    let layer = layer(0.5, units: 70, capacity: 5)
    let x = TestNumbers.matrix(5, 70, "x")
    let factors = layer.forward(ones(5, 70), step: 6)
    let expected = zip(x.values, factors).map { Float($0) * $1 }
    #expect(layer.forward(x, step: 6) == expected)
    #expect(layer.backward(x) == expected)
  }

  @Test func `evaluation is the identity, and so is no variance`() {
    let x = TestNumbers.matrix(4, 37, "x")
    #expect(layer(0.5, units: 37, capacity: 4).forward(x, step: nil) == x.values.map(Float.init))
    #expect(layer(0, units: 37, capacity: 4).forward(x, step: 2) == x.values.map(Float.init))
  }

  @Test func `the variance of dropout's rate`() {
    #expect(GaussianDropout(drop: 0.5).variance == 1)
    #expect(abs(GaussianDropout(drop: 0.3).variance - 3.0 / 7) < 1e-15)
  }
}

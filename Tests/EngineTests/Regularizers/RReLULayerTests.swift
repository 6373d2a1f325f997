import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct RReLULayerTests {
  private func layer(
    _ rrelu: RReLU = RReLU(), units: Int, capacity: Int, threads: Int = 1
  ) -> StandaloneLayer {
    StandaloneLayer(inputs: units, outputs: units, capacity: capacity, threads: threads) {
      CompiledLayer.rrelu(rrelu, $1, stream: $2.root.stream(.mask, "relu1"), context: $2)
    }
  }

  @Test func `slopes are uniform in their range, and 1 above 0`() {
    let (samples, units) = (40, 500)
    let layer = layer(units: units, capacity: samples)
    let x = ReferenceMatrix(
      rows: samples, columns: units, values: (0..<samples * units).map { $0 % 2 == 0 ? -1 : 1 })
    let y = layer.forward(x, step: 8)
    var slopes: [Double] = []
    for (index, value) in y.enumerated() {
      if index % 2 == 0 { slopes.append(-Double(value)) } else { #expect(value == 1) }
    }
    #expect(slopes.allSatisfy { $0 >= 0.125 && $0 <= 1.0 / 3 + 1e-7 })
    let count = Double(slopes.count)
    let mean = slopes.reduce(0, +) / count
    let width = 1.0 / 3 - 0.125
    #expect(abs(mean - 11.0 / 48) < 5 * width / (12 * count).squareRoot())
    let variance = slopes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(abs(variance - width * width / 12) < 0.05 * width * width / 12)
    // The gradient is the same slope.
    let ones = ReferenceMatrix(
      rows: samples, columns: units, values: Array(repeating: 1, count: samples * units))
    #expect(layer.backward(ones) == y.map { $0 < 0 ? -$0 : 1 })
  }

  @Test(arguments: [(RReLU.TestRule.pytorch, 0.22916666666666666), (.xu, 0.18181818181818182)])
  func `evaluation has a fixed slope`(rule: RReLU.TestRule, slope: Double) {
    let layer = layer(RReLU(test: rule), units: 30, capacity: 3)
    let x = TestNumbers.matrix(3, 30, "x")
    let reference = ActivationReference.leakyRelu(slope: slope)
    #expect(Agreement.error(layer.forward(x, step: nil), x.values.map(reference.value)) < 1e-6)
    let expected = x.values.map { reference.derivative($0) * $0 }
    #expect(Agreement.error(layer.backward(x), expected) < 1e-6)
  }

  @Test func `the mean over many slopes is the output in evaluation under PyTorch's rule`() {
    let layer = layer(RReLU(lower: 0.2, upper: 0.8), units: 32, capacity: 100)
    let x = ReferenceMatrix(rows: 100, columns: 32, values: Array(repeating: -1, count: 3200))
    let mean = layer.forward(x, step: 1).reduce(0) { $0 + Double($1) } / 3200
    #expect(abs(mean - Double(layer.forward(x, step: nil)[0])) < 5 * 0.6 / (12 * 3200).squareRoot())
  }

  @Test func `equal bounds are a leaky ReLU`() {
    let layer = layer(RReLU(lower: 0.25, upper: 0.25), units: 40, capacity: 2)
    let x = TestNumbers.matrix(2, 40, "x")
    #expect(layer.forward(x, step: 5) == x.values.map { Float($0 < 0 ? 0.25 * $0 : $0) })
  }

  @Test func `input and output may be the same memory`() {
    let x = TestNumbers.matrix(3, 50, "x")
    let apart = layer(units: 50, capacity: 3)
    let inPlace = StandaloneLayer(inputs: 50, outputs: 50, capacity: 3) { _, ports, context in
      var joined = ports
      joined.input = ports.output
      joined.inputGradient = ports.outputGradient
      return CompiledLayer.rrelu(
        RReLU(), joined, stream: context.root.stream(.mask, "relu1"), context: context)
    }
    for (index, value) in x.values.enumerated() {
      inPlace.ports.output.base[index] = Float(value)
    }
    #expect(inPlace.forward(x, step: 4) == apart.forward(x, step: 4))
    _ = inPlace.backward(x)
    let gradient = UnsafeBufferPointer(start: inPlace.ports.outputGradient.base, count: 150)
    #expect(Array(gradient) == apart.backward(x))
  }
}

import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct DropActivationLayerTests {
  static let functions: [(ActivationSpec, ActivationReference)] = [
    (ActivationSpec(.relu), .relu), (ActivationSpec(.sigmoid), .sigmoid),
    (ActivationSpec(.tanh), .tanh),
    (ActivationSpec(.leakyRelu, slope: 0.2), .leakyRelu(slope: 0.2)),
  ]

  private func layer(
    _ keep: Double, _ spec: ActivationSpec = ActivationSpec(.relu), units: Int, capacity: Int,
    threads: Int = 1
  ) -> StandaloneLayer {
    StandaloneLayer(inputs: units, outputs: units, capacity: capacity, threads: threads) {
      CompiledLayer.dropActivation(
        DropActivation(keep: keep), of: spec, $1, stream: $2.root.stream(.mask, "relu1"),
        context: $2)
    }
  }

  /// P of every unit, from the scalar generator.
  private func mask(
    _ keep: Double, samples: Int, units: Int, step: UInt64
  ) -> [Double] {
    let stream = RandomRoot(seed: 1, trial: 1).stream(.mask, "relu1")
    return keptUnits(keep, stream, samples: samples, units: units, step: step)
  }

  @Test func `reproduces the worked example`() throws {
    let x = ReferenceMatrix([[-2, -0.5, 0, 1.5, -1]])
    let step = try #require(
      (0..<20_000).first {
        mask(0.95, samples: 1, units: 5, step: $0) == [1, 0, 1, 0, 1]
      })
    let layer = layer(0.95, units: 5, capacity: 1)
    let ones = ReferenceMatrix([[1, 1, 1, 1, 1]])
    #expect(layer.forward(x, step: step) == [0, -0.5, 0, 1.5, 0])
    #expect(layer.backward(ones) == [0, 1, 1, 1, 0])
    #expect(
      Agreement.error(layer.forward(x, step: nil), [-0.1, -0.025, 0, 1.5, -0.05]) < 1e-6)
    #expect(Agreement.error(layer.backward(ones), [0.05, 0.05, 1, 1, 0.05]) < 1e-6)
  }

  @Test(arguments: functions.indices, [5, 64, 75])
  func `values and gradients agree with the reference`(_ index: Int, units: Int) {
    let (spec, activation) = Self.functions[index]
    let reference = DropActivationReference(activation, keep: 0.7)
    let layer = layer(0.7, spec, units: units, capacity: 6)
    let x = TestNumbers.matrix(6, units, "x", in: -3...3)
    let delta = TestNumbers.matrix(6, units, "delta")
    let mask = mask(0.7, samples: 6, units: units, step: 9)
    let numbers = zip(x.values, mask)
    #expect(
      Agreement.error(
        layer.forward(x, step: 9), numbers.map { reference.value($0, mask: $1) }) < 1e-6)
    let slopes = numbers.map { reference.derivative($0, mask: $1) }
    #expect(
      Agreement.error(layer.backward(delta), zip(slopes, delta.values).map { $0 * $1 }) < 1e-5)
    #expect(Agreement.error(layer.forward(x, step: nil), x.values.map(reference.mean)) < 1e-6)
    let mean = zip(x.values, delta.values).map { reference.meanDerivative($0) * $1 }
    #expect(Agreement.error(layer.backward(delta), mean) < 1e-5)
  }

  @Test(arguments: [0.6, 0.95], functions.indices)
  func `the mean over many masks is the output in evaluation`(keep: Double, _ index: Int) {
    let (samples, units, steps) = (50, 40, 200)
    let layer = layer(keep, Self.functions[index].0, units: units, capacity: samples)
    let row = TestNumbers.uniform(units, "row", in: -2...2)
    let x = ReferenceMatrix(Array(repeating: row, count: samples))
    var mean = [Double](repeating: 0, count: units)
    for step in 0..<steps {
      for (place, y) in layer.forward(x, step: UInt64(step)).enumerated() {
        mean[place % units] += Double(y) / Double(samples * steps)
      }
    }
    let evaluated = layer.forward(x, step: nil)
    // Between x and f(x) lie at most about 2.9.
    let error = 5 * 2.9 * (keep * (1 - keep) / Double(samples * steps)).squareRoot()
    for unit in 0..<units { #expect(abs(mean[unit] - Double(evaluated[unit])) < error) }
  }

  @Test func `p = 1 is the ReLU in both phases, p = 0 the identity`() {
    let x = TestNumbers.matrix(4, 50, "x")
    let rectified = x.values.map { Float(max($0, 0)) }
    let kept = layer(1, units: 50, capacity: 4)
    #expect(kept.forward(x, step: 3) == rectified)
    #expect(kept.backward(x) == rectified.map { $0 })
    #expect(kept.forward(x, step: nil) == rectified)
    let dropped = layer(0, units: 50, capacity: 4)
    #expect(dropped.forward(x, step: nil) == x.values.map(Float.init))
    #expect(dropped.forward(x, step: 3) == x.values.map(Float.init))
  }

  @Test func `input and output may be the same memory`() {
    let x = TestNumbers.matrix(3, 50, "x")
    let apart = layer(0.5, units: 50, capacity: 3)
    let inPlace = StandaloneLayer(inputs: 50, outputs: 50, capacity: 3) { _, ports, context in
      var joined = ports
      joined.input = ports.output
      joined.inputGradient = ports.outputGradient
      return CompiledLayer.dropActivation(
        DropActivation(keep: 0.5), of: ActivationSpec(.relu), joined,
        stream: context.root.stream(.mask, "relu1"), context: context)
    }
    for step in [UInt64(4), nil] {
      for (index, value) in x.values.enumerated() {
        inPlace.ports.output.base[index] = Float(value)
      }
      #expect(inPlace.forward(x, step: step) == apart.forward(x, step: step))
      _ = inPlace.backward(x)
      let gradient = UnsafeBufferPointer(start: inPlace.ports.outputGradient.base, count: 150)
      #expect(Array(gradient) == apart.backward(x))
    }
  }

  @Test func `zeros of either sign have gradient 1, and not-a-number stays`() {
    let layer = layer(0.95, units: 4, capacity: 1)
    let x = ReferenceMatrix([[0, -0.0, .nan, -1e-44]])
    let y = layer.forward(x, step: 1)
    #expect(y[0] == 0 && y[1] == 0 && y[2].isNaN)
    #expect(Array(layer.backward(ReferenceMatrix([[1, 1, 1, 1]]))[..<2]) == [1, 1])
  }

  @Test func `neither threads nor the capacity change a mask`() {
    let x = TestNumbers.matrix(6, 70, "x")
    #expect(
      layer(0.5, units: 70, capacity: 6).forward(x, step: 2)
        == layer(0.5, units: 70, capacity: 40, threads: 3).forward(x, step: 2))
  }
}

import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct ShakeoutDenseLayerTests {
  /// A batch and a layer.
  struct Size: CustomTestStringConvertible {
    var samples: Int
    var inputs: Int
    var outputs: Int
    var testDescription: String { "\(samples)×\(inputs)→\(outputs)" }
  }
  /// On both sides of every block boundary.
  static let sizes = [
    Size(samples: 2, inputs: 3, outputs: 2), Size(samples: 9, inputs: 70, outputs: 10),
    Size(samples: 5, inputs: 600, outputs: 10), Size(samples: 7, inputs: 300, outputs: 150),
    Size(samples: 3, inputs: 40, outputs: 300),
  ]

  /// Weights of which every seventh is zero, a bias, a batch, a gradient.
  private struct Numbers {
    let size: Size
    var weights: ReferenceMatrix
    var bias: [Double]
    let x: ReferenceMatrix
    let delta: ReferenceMatrix

    init(_ size: Size) {
      self.size = size
      weights = TestNumbers.matrix(size.outputs, size.inputs, "weights")
      for index in stride(from: 0, to: weights.values.count, by: 7) { weights.values[index] = 0 }
      bias = TestNumbers.uniform(size.outputs, "bias")
      x = TestNumbers.matrix(size.samples, size.inputs, "x")
      delta = TestNumbers.matrix(size.samples, size.outputs, "delta")
    }

    func matrix(_ values: [Float]) -> ReferenceMatrix {
      ReferenceMatrix(rows: size.samples, columns: size.inputs, values: values.map(Double.init))
    }
  }

  private func shakeout(
    _ numbers: Numbers, drop: Double, c: Double, tanhScale: Double = 1, threads: Int = 1,
    passesGradient: Bool = true
  ) -> StandaloneLayer {
    StandaloneLayer(
      inputs: numbers.size.inputs, outputs: numbers.size.outputs, capacity: numbers.size.samples,
      threads: threads, passesGradient: passesGradient
    ) { owner, ports, context in
      CompiledLayer.shakeoutDense(
        Shakeout(drop: drop, c: c, tanhScale: tanhScale), ports,
        weights: owner.parameter("fc1.weight", .weight, numbers.weights.values),
        bias: owner.parameter("fc1.bias", .bias, numbers.bias),
        stream: context.root.stream(.mask, "fc1.input"), context: context)
    }
  }

  private func dense(_ numbers: Numbers) -> StandaloneLayer {
    StandaloneLayer(
      inputs: numbers.size.inputs, outputs: numbers.size.outputs, capacity: numbers.size.samples
    ) { owner, ports, context in
      CompiledLayer.dense(
        ports, weights: owner.parameter("fc1.weight", .weight, numbers.weights.values),
        bias: owner.parameter("fc1.bias", .bias, numbers.bias), relu: false, updates: false,
        context: context)
    }
  }

  private func expectSameGradients(_ a: StandaloneLayer, _ b: StandaloneLayer) {
    #expect(a.parameters.count == b.parameters.count)
    for (one, other) in zip(a.parameters, b.parameters) {
      #expect(Array(one.gradient) == Array(other.gradient), "\(one.spec.name)")
    }
  }

  @Test func `reproduces the worked example`() throws {
    let step = try #require(
      (0..<5000).first {
        drawnMask(drop: 0.25, samples: 2, units: 3, step: $0) == ShakeoutExample.mask
      })
    var numbers = Numbers(Self.sizes[0])
    numbers.weights = ShakeoutExample.weights
    numbers.bias = ShakeoutExample.bias
    let layer = shakeout(numbers, drop: ShakeoutExample.drop, c: ShakeoutExample.c)
    let output = layer.forward(ShakeoutExample.x, step: step)
    #expect(Agreement.error(output, ShakeoutExample.output) < 1e-6)
    let dx = layer.backward(ShakeoutExample.delta)
    #expect(Agreement.error(dx, ShakeoutExample.inputGradient) < 1e-6)
    #expect(
      Agreement.error(layer.parameters[0].gradient, ShakeoutExample.weightGradient) < 1e-6)
    #expect(Agreement.error(layer.parameters[1].gradient, ShakeoutExample.biasGradient) < 1e-6)
    let plain = layer.forward(ShakeoutExample.x, step: nil)
    #expect(Agreement.error(plain, ShakeoutExample.plainOutput) < 1e-6)
  }

  @Test(arguments: sizes)
  func `agrees with the reference`(size: Size) {
    let numbers = Numbers(size)
    let layer = shakeout(numbers, drop: 0.3, c: 0.7, tanhScale: 2)
    let reference = ShakeoutDenseReference(
      dense: DenseReference(weights: numbers.weights, bias: numbers.bias),
      dropout: DropoutReference(
        drop: 0.3,
        mask: drawnMask(drop: 0.3, samples: size.samples, units: size.inputs, step: 12)),
      c: 0.7, tanhScale: 2)
    let output = layer.forward(numbers.x, step: 12)
    #expect(Agreement.error(output, reference.forward(numbers.x).values) < 1e-4)
    let gradients = reference.backward(numbers.x, numbers.delta)
    #expect(Agreement.error(layer.backward(numbers.delta), gradients.input.values) < 1e-4)
    #expect(Agreement.error(layer.parameters[0].gradient, gradients.weights.values) < 1e-4)
    #expect(Agreement.error(layer.parameters[1].gradient, gradients.bias) < 1e-4)
  }

  @Test(arguments: sizes)
  func `with c = 0 it is dropout before a dense layer, bit for bit`(size: Size) {
    let numbers = Numbers(size)
    let layer = shakeout(numbers, drop: 0.4, c: 0)
    let noise = StandaloneLayer(
      inputs: size.inputs, outputs: size.inputs, capacity: size.samples
    ) {
      unitNoise(
        .dropout(drop: 0.4), $1, stream: $2.root.stream(.mask, "fc1.input"), context: $2)
    }
    let plain = dense(numbers)
    let masked = numbers.matrix(noise.forward(numbers.x, step: 9))
    #expect(layer.forward(numbers.x, step: 9) == plain.forward(masked, step: 9))
    let inner = numbers.matrix(plain.backward(numbers.delta))
    #expect(layer.backward(numbers.delta) == noise.backward(inner))
    expectSameGradients(layer, plain)
  }

  @Test(arguments: sizes, [0, 10])
  func `with τ = 0 it is the dense layer for any c, bit for bit`(size: Size, c: Double) {
    let numbers = Numbers(size)
    let layer = shakeout(numbers, drop: 0, c: c)
    let plain = dense(numbers)
    #expect(layer.forward(numbers.x, step: 9) == plain.forward(numbers.x, step: 9))
    #expect(layer.backward(numbers.delta) == plain.backward(numbers.delta))
    expectSameGradients(layer, plain)
  }

  @Test(arguments: sizes)
  func `evaluation ignores τ and c`(size: Size) {
    let numbers = Numbers(size)
    let plain = dense(numbers).forward(numbers.x, step: nil)
    for (drop, c) in [(0.5, 0.0), (0.3, 2), (0.9, 0.01)] {
      let layer = shakeout(numbers, drop: drop, c: c)
      _ = layer.forward(numbers.x, step: 3)
      #expect(layer.forward(numbers.x, step: nil) == plain)
    }
  }

  @Test func `zero weights have no sign, and a gradient all the same`() {
    var numbers = Numbers(Size(samples: 4, inputs: 40, outputs: 10))
    numbers.weights = ReferenceMatrix(rows: 10, columns: 40)
    let layer = shakeout(numbers, drop: 0.5, c: 3)
    let output = layer.forward(numbers.x, step: 1)
    #expect(output == (0..<4).flatMap { _ in numbers.bias.map(Float.init) })
    _ = layer.backward(numbers.delta)
    #expect(layer.parameters[0].gradient.contains { $0 != 0 })
  }

  @Test func `signs follow the weights from one pass to the next`() {
    var numbers = Numbers(Size(samples: 4, inputs: 40, outputs: 10))
    numbers.bias = Array(repeating: 0, count: 10)
    let layer = shakeout(numbers, drop: 0.5, c: 3)
    let before = layer.forward(numbers.x, step: 1)
    for index in layer.parameters[0].values.indices { layer.parameters[0].values[index] *= -1 }
    #expect(layer.forward(numbers.x, step: 1) == before.map { -$0 })
  }

  @Test(arguments: sizes)
  func `the number of threads does not change a bit`(size: Size) {
    let numbers = Numbers(size)
    let one = shakeout(numbers, drop: 0.3, c: 0.7)
    let three = shakeout(numbers, drop: 0.3, c: 0.7, threads: 3)
    #expect(one.forward(numbers.x, step: 2) == three.forward(numbers.x, step: 2))
    #expect(one.backward(numbers.delta) == three.backward(numbers.delta))
    expectSameGradients(one, three)
  }

  @Test(arguments: [0, 0.5])
  func `a first layer learns without passing a gradient down`(c: Double) {
    let numbers = Numbers(Size(samples: 4, inputs: 40, outputs: 10))
    let first = shakeout(numbers, drop: 0.3, c: c, passesGradient: false)
    let later = shakeout(numbers, drop: 0.3, c: c)
    _ = first.forward(numbers.x, step: 2)
    _ = later.forward(numbers.x, step: 2)
    #expect(first.backward(numbers.delta) == [])
    _ = later.backward(numbers.delta)
    expectSameGradients(first, later)
  }
}

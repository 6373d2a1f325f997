import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct DropConnectLayerTests {
  private struct Numbers {
    let (samples, inputs, outputs): (Int, Int, Int)
    let weights: ReferenceMatrix
    let bias: [Double]
    let x: ReferenceMatrix
    let delta: ReferenceMatrix

    init(_ samples: Int, _ inputs: Int, _ outputs: Int) {
      (self.samples, self.inputs, self.outputs) = (samples, inputs, outputs)
      weights = TestNumbers.matrix(outputs, inputs, "weights")
      bias = TestNumbers.uniform(outputs, "bias")
      x = TestNumbers.matrix(samples, inputs, "x")
      delta = TestNumbers.matrix(samples, outputs, "delta")
    }
  }

  private func layer(
    _ drop: Double, _ numbers: Numbers, threads: Int = 1, passesGradient: Bool = true
  ) -> StandaloneLayer {
    StandaloneLayer(
      inputs: numbers.inputs, outputs: numbers.outputs, capacity: numbers.samples,
      threads: threads, passesGradient: passesGradient
    ) { owner, ports, context in
      CompiledLayer.dropConnect(
        DropConnect(drop: drop), ports,
        weights: owner.parameter("fc1.weight", .weight, numbers.weights.values),
        bias: owner.parameter("fc1.bias", .bias, numbers.bias),
        stream: context.root.stream(.mask, "fc1.weight"), context: context)
    }
  }

  /// A sample's mask of 0 and 1/(1 − τ), from the scalar generator.
  private func mask(
    _ drop: Double, _ numbers: Numbers, sample: Int, step: UInt64
  ) -> ReferenceMatrix {
    let stream = RandomRoot(seed: 1, trial: 1).stream(.mask, "fc1.weight")
    let groups = (numbers.inputs + 31) / 32
    var mask = ReferenceMatrix(rows: numbers.outputs, columns: numbers.inputs)
    for output in 0..<numbers.outputs {
      for unit in 0..<numbers.inputs {
        let index = (output * groups + unit / 32) * 8 + unit % 8
        let word = stream.block(
          position: step | UInt64(sample) << 44, index: UInt32(index))[unit % 32 / 8]
        mask[output, unit] = word < RandomBits.threshold(drop) ? 0 : 1 / (1 - drop)
      }
    }
    return mask
  }

  @Test(arguments: [(3, 5, 2), (6, 75, 10), (4, 64, 70)])
  func `agrees with masked weights, sample by sample`(size: (Int, Int, Int)) {
    let numbers = Numbers(size.0, size.1, size.2)
    let layer = layer(0.3, numbers)
    let y = layer.forward(numbers.x, step: 5)
    let dx = layer.backward(numbers.delta)
    var expected: [Double] = []
    var inputGradient: [Double] = []
    var weightGradient = ReferenceMatrix(rows: numbers.outputs, columns: numbers.inputs)
    for sample in 0..<numbers.samples {
      let mask = mask(0.3, numbers, sample: sample, step: 5)
      let dense = DenseReference(weights: numbers.weights.zip(mask) { $0 * $1 }, bias: numbers.bias)
      let row = { (matrix: ReferenceMatrix) in
        ReferenceMatrix([(0..<matrix.columns).map { matrix[sample, $0] }])
      }
      expected += dense.forward(row(numbers.x)).values
      let gradients = dense.backward(row(numbers.x), row(numbers.delta))
      inputGradient += gradients.input.values
      weightGradient = weightGradient.zip(gradients.weights.zip(mask) { $0 * $1 }) { $0 + $1 }
    }
    #expect(Agreement.error(y, expected) < 1e-5)
    #expect(Agreement.error(dx, inputGradient) < 1e-5)
    #expect(Agreement.error(layer.parameters[0].gradient, weightGradient.values) < 1e-5)
    #expect(Agreement.error(layer.parameters[1].gradient, numbers.delta.columnSums) < 1e-5)
  }

  @Test(arguments: [0.2, 0.6])
  func `the mean over all masks of one row is the plain product`(drop: Double) {
    let w = TestNumbers.uniform(6, "w")
    let x = TestNumbers.uniform(6, "x")
    var mean = 0.0
    for pattern in 0..<64 {
      let mask = (0..<6).map { Double(pattern >> $0 & 1) }
      let probability = mask.reduce(1) { $0 * ($1 == 1 ? 1 - drop : drop) }
      mean += probability * (0..<6).reduce(0) { $0 + w[$1] * x[$1] * mask[$1] / (1 - drop) }
    }
    #expect(abs(mean - (0..<6).reduce(0) { $0 + w[$1] * x[$1] }) < 1e-12)
  }

  @Test func `evaluation and a rate of 0 are the dense layer, bit for bit`() {
    let numbers = Numbers(6, 75, 10)
    let plain = StandaloneLayer(inputs: 75, outputs: 10, capacity: 6) { owner, ports, context in
      CompiledLayer.dense(
        ports, weights: owner.parameter("w", .weight, numbers.weights.values),
        bias: owner.parameter("b", .bias, numbers.bias), relu: false, updates: false,
        context: context)
    }
    let expected = plain.forward(numbers.x, step: nil)
    let gradient = plain.backward(numbers.delta)
    for (drop, step) in [(0.3, nil), (0, 4)] as [(Double, UInt64?)] {
      let layer = layer(drop, numbers)
      #expect(layer.forward(numbers.x, step: step) == expected)
      #expect(layer.backward(numbers.delta) == gradient)
      #expect(Array(layer.parameters[0].gradient) == Array(plain.parameters[0].gradient))
    }
  }

  @Test func `the number of threads does not change a bit`() {
    let numbers = Numbers(9, 75, 10)
    let (one, three) = (layer(0.3, numbers), layer(0.3, numbers, threads: 3))
    #expect(one.forward(numbers.x, step: 2) == three.forward(numbers.x, step: 2))
    #expect(one.backward(numbers.delta) == three.backward(numbers.delta))
    #expect(Array(one.parameters[0].gradient) == Array(three.parameters[0].gradient))
  }

  @Test func `a first layer learns without passing a gradient down`() {
    let numbers = Numbers(4, 40, 10)
    let (first, later) = (layer(0.3, numbers, passesGradient: false), layer(0.3, numbers))
    _ = first.forward(numbers.x, step: 2)
    _ = later.forward(numbers.x, step: 2)
    #expect(first.backward(numbers.delta) == [])
    _ = later.backward(numbers.delta)
    #expect(Array(first.parameters[0].gradient) == Array(later.parameters[0].gradient))
  }
}

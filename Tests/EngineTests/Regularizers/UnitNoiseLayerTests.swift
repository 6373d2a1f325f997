import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct UnitNoiseLayerTests {
  private func dropout(
    _ drop: Double, units: Int, capacity: Int, threads: Int = 1, passesGradient: Bool = true,
    root: RandomRoot = RandomRoot(seed: 1, trial: 1), site: String = "fc1.input"
  ) -> StandaloneLayer {
    StandaloneLayer(
      inputs: units, outputs: units, capacity: capacity, threads: threads, root: root,
      passesGradient: passesGradient
    ) {
      unitNoise(.dropout(drop: drop), $1, stream: $2.root.stream(.mask, site), context: $2)
    }
  }

  private func ones(_ samples: Int, _ units: Int) -> ReferenceMatrix {
    ReferenceMatrix(
      rows: samples, columns: units, values: Array(repeating: 1, count: samples * units))
  }

  @Test(arguments: [1, 8, 255, 256, 257, 500])
  func `the mask is that of the scalar generator's bits`(units: Int) {
    let layer = dropout(0.3, units: units, capacity: 5)
    let x = TestNumbers.matrix(5, units, "x")
    let y = layer.forward(x, step: 77)
    let stream = RandomRoot(seed: 1, trial: 1).stream(.mask, "fc1.input")
    let kept = keptUnits(0.7, stream, samples: 5, units: units, step: 77)
    for index in y.indices {
      #expect(y[index] == (kept[index] == 1 ? Float(x.values[index]) * Float(1 / 0.7) : 0))
    }
  }

  @Test func `values and gradients agree with the reference`() {
    let layer = dropout(0.2, units: 70, capacity: 9)
    let x = TestNumbers.matrix(9, 70, "x")
    let delta = TestNumbers.matrix(9, 70, "delta")
    let reference = DropoutReference(
      drop: 0.2, mask: drawnMask(drop: 0.2, samples: 9, units: 70, step: 4))
    #expect(Agreement.error(layer.forward(x, step: 4), reference.forward(x).values) < 1e-6)
    #expect(Agreement.error(layer.backward(delta), reference.backward(delta).values) < 1e-6)
  }

  /// Weight scaling: the same masks without the division, and evaluation times the probability of
  /// staying, so that both forms differ by that factor everywhere.
  @Test(arguments: [0.1, 0.25, 0.8])
  func `scaled in evaluation, dropout is the inverted one times the keep probability`(
    drop: Double
  ) {
    let scaled = StandaloneLayer(
      inputs: 70, outputs: 70, capacity: 9, threads: 1, root: RandomRoot(seed: 1, trial: 1),
      passesGradient: true
    ) {
      unitNoise(
        .scaledDropout(drop: drop), $1, stream: $2.root.stream(.mask, "fc1.input"), context: $2)
    }
    let inverted = dropout(drop, units: 70, capacity: 9)
    let (x, delta) = (TestNumbers.matrix(9, 70, "x"), TestNumbers.matrix(9, 70, "delta"))
    func times(_ values: [Float]) -> [Double] { values.map { Double($0) * (1 - drop) } }
    #expect(Agreement.error(scaled.forward(x, step: 4), times(inverted.forward(x, step: 4))) < 1e-6)
    #expect(Agreement.error(scaled.backward(delta), times(inverted.backward(delta))) < 1e-6)
    let plain = inverted.forward(x, step: nil)
    #expect(Agreement.error(scaled.forward(x, step: nil), times(plain)) < 1e-6)
    // Kept units are the input's own bits.
    let kept = zip(scaled.forward(x, step: 4), x.values.map { Float($0) }).filter { $0.0 != 0 }
    #expect(!kept.isEmpty && kept.allSatisfy { $0.0 == $0.1 })
  }

  @Test(arguments: [0.1, 0.25, 0.8])
  func `the mean over all masks is the input`(drop: Double) {
    let x = TestNumbers.matrix(1, 8, "x")
    var mean = [Double](repeating: 0, count: 8)
    for pattern in 0..<256 {
      let mask = (0..<8).map { Double(pattern >> $0 & 1) }
      let weight = mask.reduce(1) { $0 * ($1 == 1 ? 1 - drop : drop) }
      let layer = DropoutReference(
        drop: drop, mask: ReferenceMatrix(rows: 1, columns: 8, values: mask))
      for (unit, value) in layer.forward(x).values.enumerated() { mean[unit] += weight * value }
    }
    #expect(Agreement.error(mean, x.values) < 1e-12)
  }

  @Test(arguments: [0.05, 0.3, 0.9])
  func `the drawn fraction of survivors and the mean are those of the rate`(drop: Double) {
    let (samples, units, steps) = (64, 200, 10)
    let layer = dropout(drop, units: units, capacity: samples)
    var survivors = 0
    var sum = 0.0
    for step in 0..<steps {
      let y = layer.forward(ones(samples, units), step: UInt64(step))
      survivors += y.count { $0 != 0 }
      sum += y.reduce(0) { $0 + Double($1) }
    }
    let total = Double(samples * units * steps)
    let error = 5 * (drop * (1 - drop) / total).squareRoot()
    #expect(abs(Double(survivors) / total - (1 - drop)) < error)
    #expect(abs(sum / total - 1) < error / (1 - drop) + 1e-6)
  }

  @Test func `evaluation is the identity`() {
    let layer = dropout(0.5, units: 37, capacity: 4)
    let x = TestNumbers.matrix(4, 37, "x")
    #expect(layer.forward(x, step: nil) == x.values.map(Float.init))
  }

  @Test func `a rate of 0 keeps everything as it is`() {
    let layer = dropout(0, units: 37, capacity: 4)
    let x = TestNumbers.matrix(4, 37, "x")
    #expect(layer.forward(x, step: 3) == x.values.map(Float.init))
  }

  @Test func `masks differ between steps, trials, seeds and sites and repeat otherwise`() {
    func draw(
      _ step: UInt64, _ root: RandomRoot = RandomRoot(seed: 1, trial: 1), _ site: String = "a"
    ) -> [Float] {
      dropout(0.5, units: 64, capacity: 4, root: root, site: site)
        .forward(ones(4, 64), step: step)
    }
    #expect(draw(5) == draw(5))
    #expect(draw(5) != draw(6))
    #expect(draw(5) != draw(5 + 1 << 32))
    #expect(draw(5) != draw(5, RandomRoot(seed: 1, trial: 2)))
    #expect(draw(5) != draw(5, RandomRoot(seed: 2, trial: 1)))
    #expect(draw(5) != draw(5, RandomRoot(seed: 1, trial: 1), "b"))
  }

  @Test func `samples of a batch have different masks, whatever the threads and the capacity`() {
    let y = dropout(0.5, units: 64, capacity: 6).forward(ones(6, 64), step: 1)
    #expect(Array(y[..<64]) != Array(y[64..<128]))
    #expect(
      y == dropout(0.5, units: 64, capacity: 100, threads: 3).forward(ones(6, 64), step: 1))
  }

  @Test func `input and output may be the same memory`() {
    let x = TestNumbers.matrix(3, 50, "x")
    let apart = dropout(0.5, units: 50, capacity: 3)
    let inPlace = StandaloneLayer(inputs: 50, outputs: 50, capacity: 3) { _, ports, context in
      var joined = ports
      joined.input = ports.output
      joined.inputGradient = ports.outputGradient
      return unitNoise(
        .dropout(drop: 0.5), joined, stream: context.root.stream(.mask, "fc1.input"),
        context: context)
    }
    for (index, value) in x.values.enumerated() {
      inPlace.ports.output.base[index] = Float(value)
    }
    #expect(inPlace.forward(x, step: 6) == apart.forward(x, step: 6))
    _ = inPlace.backward(x)
    let gradient = UnsafeBufferPointer(start: inPlace.ports.outputGradient.base, count: 150)
    #expect(Array(gradient) == apart.backward(x))
  }

  @Test func `no gradient is passed down where none is needed`() {
    let layer = dropout(0.5, units: 10, capacity: 2, passesGradient: false)
    let x = TestNumbers.matrix(2, 10, "x")
    _ = layer.forward(x, step: 0)
    #expect(layer.backward(x) == [])
  }
}

import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct ClassificationTrainerTests {
  static let input = FeatureShape(height: 12, width: 12, channels: 1)

  /// A small network with every kind of layer, and images whose class shows in one bright row.
  private func trainer(threads: Int) throws -> ClassificationTrainer {
    let spec = NetworkSpec(
      name: "small", input: Self.input,
      layers: [
        NamedLayer("conv1", .convolution(ConvolutionSpec(outputs: 6, kernel: 3, padding: 1))),
        NamedLayer("relu1", .activation(ActivationSpec(.relu))),
        NamedLayer("pool1", .pooling(PoolingSpec(.max, window: 2, stride: 2))),
        NamedLayer("conv2", .convolution(ConvolutionSpec(outputs: 9, kernel: 3, stride: 2))),
        NamedLayer("sigmoid", .activation(ActivationSpec(.sigmoid))),
        NamedLayer("fc1", .dense(DenseSpec(outputs: 70))),
        NamedLayer("relu2", .activation(ActivationSpec(.relu))),
        NamedLayer("fc2", .dense(DenseSpec(outputs: 4))),
      ])
    let regularized = try spec.attaching([
      Dropout(drop: 0.2, sites: Sites(["fc1.input"])), Shakeout(drop: 0.3, c: 0.05),
    ])
    let network = try Network(
      regularized, capacity: 12, pool: ThreadPool(threads: threads),
      root: RandomRoot(seed: 1, trial: 1), convolution: .automatic, passesInputGradient: false,
      stopwatch: nil)
    network.initialize(.heFanIn)
    return ClassificationTrainer(
      network: network, classes: 4,
      optimizer: .sgd(SGD(style: .caffe, momentum: 0.9, weightDecay: 5e-4)))
  }

  /// Fills a batch; returns its labels.
  private func fill(_ network: Network, update: Int, count: Int) -> [Int32] {
    let pixels = Self.input.count
    let noise = TestNumbers.uniform(count * pixels, "noise \(update)", in: 0...0.5)
    return (0..<count).map { sample in
      let label = (sample * 7 + update) % 4
      for pixel in 0..<pixels {
        let bright = pixel / 36 == label ? 0.5 : 0
        network.input[sample * pixels + pixel] = Float(noise[sample * pixels + pixel] + bright)
      }
      return Int32(label)
    }
  }

  private func train(_ trainer: ClassificationTrainer, _ updates: Range<Int>) -> [Double] {
    updates.map { update in
      let count = update % 5 == 4 ? 7 : 12
      let labels = fill(trainer.network, update: update, count: count)
      return labels.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return .nan }
        return trainer.step(
          count: count, labels: base, update: update, learningRate: 0.02, moment: TrainingMoment())
      }
    }
  }

  /// FNV-1a, 64 bits, over the bits of all parameters.
  private func hash(_ arrays: [NamedArray]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for array in arrays {
      for value in array.values { hash = (hash ^ UInt64(value.bitPattern)) &* 0x100_0000_01B3 }
    }
    return hash
  }

  @Test func `learns and evaluates`() throws {
    let trainer = try trainer(threads: 2)
    let losses = train(trainer, 0..<300)
    #expect(losses[0..<20].reduce(0, +) / 20 > 1)
    #expect(losses[280..<300].reduce(0, +) / 20 < 0.5)
    let labels = fill(trainer.network, update: 1000, count: 12)
    let result = labels.withUnsafeBufferPointer {
      trainer.evaluate(count: 12, labels: $0.baseAddress!)
    }
    #expect(result.errors <= 1)
    #expect(result.lossSum / 12 < 0.5)
  }

  @Test func `bits do not depend on threads`() throws {
    let reference = try trainer(threads: 1)
    let losses = train(reference, 0..<12)
    for threads in [1, 2, 3] {
      let other = try trainer(threads: threads)
      #expect(train(other, 0..<12) == losses)
      #expect(hash(other.state) == hash(reference.state))
    }
  }

  /// Nobody looks at gradients that layers update their weights from at once.
  @Test func `an observer of gradients changes no bits`() throws {
    let plain = try trainer(threads: 2)
    #expect(plain.network.updatedBackward.map(\.spec.name) == ["fc1.weight"])
    let losses = train(plain, 0..<12)
    let observed = try trainer(threads: 1)
    var seen = 0
    observed.observeGradients = { _ in seen += 1 }
    #expect(train(observed, 0..<12) == losses)
    #expect(seen == 12)
    #expect(hash(observed.state) == hash(plain.state))
  }

  /// What `state` holds is all that a run needs to go on with the same bits.
  @Test func `state carries everything`() throws {
    let whole = try trainer(threads: 1)
    _ = train(whole, 0..<15)
    let first = try trainer(threads: 2)
    _ = train(first, 0..<8)
    let second = try trainer(threads: 1)
    for (from, to) in zip(first.state, second.state) {
      #expect(from.name == to.name)
      for index in from.values.indices { to.values[index] = from.values[index] }
    }
    _ = train(second, 8..<15)
    #expect(hash(second.state) == hash(whole.state))
    #expect(
      second.state.map(\.name).suffix(2) == ["fc2.weight.velocity", "fc2.bias.velocity"])
  }

  /// Twenty steps, down to the last bit, for each kernel family of OpenBLAS that was seen. Another
  /// value here means that recorded runs no longer match: raise `EngineRevision.current` with it.
  @Test(
    .enabled(
      if: golden[CPU.openBLASCore] != nil && !CPU.isPortableBuild,
      "no golden hash for this OpenBLAS core"))
  func `golden hash`() throws {
    let trainer = try trainer(threads: 2)
    _ = train(trainer, 0..<20)
    #expect(hash(trainer.state) == Self.golden[CPU.openBLASCore])
  }

  static let golden: [String: UInt64] = [
    "Haswell": 9_985_038_904_327_915_511
  ]
}

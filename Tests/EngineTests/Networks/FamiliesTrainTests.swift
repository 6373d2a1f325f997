import Model
import TestSupport
import Testing

@testable import Engine

/// A small member of every family of classifiers learns, with true gradients and the same bits for
/// any number of threads.
@Suite struct FamiliesTrainTests {
  private static let image = FeatureShape(height: 8, width: 8, channels: 3)

  static let specs: [NetworkSpec] = {
    let small: [any NetworkFamily] = [
      WideResNet(depth: 10, widening: 1), WideResNet(depth: 10, widening: 1, dropout: 0.2),
      ResNet(depth: 20, width: 4), ResNet(depth: 8, shortcut: .subsampling, width: 8),
      ResNet(depth: 11, block: .bottleneck, width: 4), PreResNet(depth: 8, width: 8),
      PreResNet(depth: 11, block: .bottleneck, width: 4), DenseNetBC(depth: 22, growth: 12),
      DenseNetBC(depth: 10, growth: 4, dropout: 0.2),
      ResNeXt(depth: 11, cardinality: 4, groupWidth: 2, width: 8),
    ]
    let plain = small.map { $0.network(input: image, classes: 4) }
    let shaken = try? plain[0].attaching([Shakeout(drop: 0.2, c: 0.05)])
    return plain + [shaken].compactMap { $0 }
  }()

  private func trainer(_ spec: NetworkSpec, threads: Int) throws -> ClassificationTrainer {
    let network = try Network(
      spec, capacity: 16, pool: ThreadPool(threads: threads), root: RandomRoot(seed: 2, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.heFanIn)
    return ClassificationTrainer(
      network: network, classes: 4,
      optimizer: .sgd(SGD(style: .caffe, momentum: 0.9, weightDecay: 1e-4)))
  }

  /// Images whose class is the quarter with the bright rows.
  private func fill(_ network: Network, update: Int, count: Int) -> [Int32] {
    let pixels = Self.image.count
    let noise = TestNumbers.uniform(count * pixels, "noise \(update % 4)")
    return (0..<count).map { sample in
      let label = sample % 4
      for pixel in 0..<pixels {
        let bright = pixel / (pixels / 4) == label ? 1.5 : 0
        network.input[sample * pixels + pixel] = Float(noise[sample * pixels + pixel] + bright)
      }
      return Int32(label)
    }
  }

  private func train(_ trainer: ClassificationTrainer, _ updates: Int) -> [Double] {
    (0..<updates).map { update in
      let count = update % 4 == 3 ? 11 : 16
      let labels = fill(trainer.network, update: update, count: count)
      return labels.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return .nan }
        return trainer.step(
          count: count, labels: base, update: update, learningRate: 0.02, moment: TrainingMoment())
      }
    }
  }

  @Test(arguments: specs)
  func `the loss decreases`(spec: NetworkSpec) throws {
    let losses = train(try trainer(spec, threads: 2), 40)
    let (start, end) = (losses.prefix(4).reduce(0, +) / 4, losses.suffix(4).reduce(0, +) / 4)
    #expect(end < 0.7 * start, "\(start) → \(end)")
  }

  @Test(arguments: specs)
  func `the number of threads does not change a bit`(spec: NetworkSpec) throws {
    let reference = try trainer(spec, threads: 1)
    let losses = train(reference, 4)
    for threads in [2, 3] {
      let other = try trainer(spec, threads: threads)
      #expect(train(other, 4) == losses)
      for (a, b) in zip(other.state, reference.state) {
        #expect(a.name == b.name)
        #expect(a.values.elementsEqual(b.values), "\(a.name)")
      }
    }
  }

  /// With sigmoids for ReLUs, which have no kinks.
  static let smooth: [NetworkSpec] = specs.dropLast().map { spec in
    spec.replacingLayers { named in
      named.layer == .activation(ActivationSpec(.relu))
        ? [NamedLayer(named.name, .activation(ActivationSpec(.sigmoid)))] : [named]
    }
  }

  @Test(arguments: smooth)
  func `gradients are slopes of the loss`(spec: NetworkSpec) throws {
    try checkSlopes(spec, step: 1e-3, tolerance: 0.01)
  }

  /// Kinks within the step make the slope a little wrong. Shakeout is left out, whose gradient is
  /// not the slope.
  @Test(arguments: specs.dropLast())
  func `with ReLUs gradients are close to the slopes of the loss`(spec: NetworkSpec) throws {
    try checkSlopes(spec, step: 1e-4, tolerance: 0.05)
  }

  /// Along its own gradient every parameter changes the loss as the gradient's length says.
  private func checkSlopes(_ spec: NetworkSpec, step: Double, tolerance: Double) throws {
    let network = try Network(
      spec, capacity: 8, pool: ThreadPool(threads: 2), root: RandomRoot(seed: 2, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.heFanIn)
    _ = fill(network, update: 0, count: 8)
    let delta = TestNumbers.uniform(8 * 4, "delta")
    func loss() -> Double {
      network.forward(count: 8, trainingStep: 3)
      return delta.indices.reduce(0) { $0 + delta[$1] * Double(network.output[$1]) }
    }
    _ = loss()
    for (index, value) in delta.enumerated() { network.outputGradient[index] = Float(value) }
    network.backward()
    var compared = 0
    for parameter in network.parameters {
      let start = Array(parameter.values)
      let gradient = parameter.gradient.map(Double.init)
      let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0.05 else { continue }
      compared += 1
      let size = start.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      let distance = step * max(size, 1)
      func moved(_ distance: Double) -> Double {
        for index in start.indices {
          parameter.values[index] = start[index] + Float(distance * gradient[index] / length)
        }
        return loss()
      }
      let slope = (moved(distance) - moved(-distance)) / (2 * distance)
      _ = parameter.values.update(fromContentsOf: start)
      #expect(
        abs(slope - length) < tolerance * (length + 0.5),
        "\(parameter.spec.name): \(slope), \(length)")
    }
    #expect(compared > network.parameters.count / 4)
  }

  @Test func `checkpoints and hashes hold the running statistics`() throws {
    let spec = Self.specs[0]
    let whole = try trainer(spec, threads: 1)
    _ = train(whole, 3)
    let names = whole.parameterArrays.map(\.name)
    #expect(names.suffix(2) == ["bn1.running_mean", "bn1.running_var"])
    let copy = try trainer(spec, threads: 1)
    for (from, to) in zip(whole.state, copy.state) {
      _ = to.values.update(fromContentsOf: from.values)
    }
    let labels = fill(whole.network, update: 9, count: 16)
    _ = fill(copy.network, update: 9, count: 16)
    let losses = [whole, copy].map { trainer in
      labels.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { trainer.evaluate(count: 16, labels: $0).lossSum } ?? .nan
      }
    }
    #expect(losses[0] == losses[1])
    #expect(whole.network.statistics.allSatisfy { !$0.values.contains { $0.isNaN } })
  }
}

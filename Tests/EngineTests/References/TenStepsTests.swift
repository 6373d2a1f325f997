import Canonical
import Model
import Testing

@testable import Engine

/// Ten training steps of a small member of every family give PyTorch's losses and weights, from the
/// same initial weights and batches. The references are those of scripts/pytorch/ten_steps.py.
@Suite struct TenStepsTests {
  /// Losses agree up to this fraction.
  private static let lossTolerance = 1e-4

  static let plain = PyTorchSteps.names.filter { $0 != "dcgan" }

  @Test func `every family is there`() {
    #expect(
      PyTorchSteps.names == [
        "alexfastnet", "autoencoder", "dcgan", "densenet-bc", "lenet", "preresnet-bottleneck",
        "resnet-basic-A", "resnet-basic-B", "resnet-bottleneck", "resnext", "vgg", "wrn",
      ])
  }

  @Test(arguments: plain, [ConvolutionAlgorithm.automatic, .im2col])
  func `losses and weights are PyTorch's`(
    name: String, convolution: ConvolutionAlgorithm
  ) throws {
    let reference = try PyTorchSteps(name)
    let batch = reference.int("batch")
    let trained = try ReferenceNetwork(
      reference.network("network"), batch: batch, convolution: convolution)
    let network = trained.network
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: batch)
    labels.initialize(repeating: 0, count: batch)
    defer { labels.deallocate() }
    let loss =
      reference.recipe["loss"]?.stringValue == "softmaxCrossEntropy"
      ? NetworkLoss(
        SoftmaxCrossEntropy(classes: network.outputCount, lanes: network.lanes.count), on: network,
        targets: labels)
      : NetworkLoss(
        ElementwiseLoss(
          .sigmoidCrossEntropy, outputs: network.outputCount, lanes: network.lanes.count,
          reduction: .sum), on: network,
        targets: network.input)
    let optimizer = try reference.optimizer().state(network.parameters)
    optimizer.learningRate = try #require(reference.recipe["learningRate"]?.doubleValue)
    let update = network.regions(of: optimizer.stages)

    try #require(reference.losses.count == 10)
    for (step, expected) in reference.losses.enumerated() {
      let count = step == 6 ? batch - 3 : batch
      SharedNumbers.fill(network.input, "images \(step)", count: count, shape: reference.input)
      for (sample, bits) in SharedNumbers.bits("labels \(step)", count).enumerated() {
        labels[sample] = Int32(bits % UInt64(reference.int("classes")))
      }
      let value = loss.descend(count: count, step: step)
      network.run(update)
      expectLoss(value, expected, step)
    }
    try expectArrays(reference, [trained])
  }

  /// The discriminator learns from images and from the generator's, the generator through it: a
  /// network of both, whose first half learns.
  @Test func `adversaries are PyTorch's`() throws {
    let reference = try PyTorchSteps("dcgan")
    let (batch, noise) = (reference.int("batch"), FeatureShape(vector: reference.int("noise")))
    let (makerSpec, judgeSpec) = (
      try reference.network("generator"), try reference.network("discriminator")
    )
    let maker = try ReferenceNetwork(makerSpec, batch: batch, prefix: "generator.")
    let judge = try ReferenceNetwork(judgeSpec, batch: batch, prefix: "discriminator.")
    let both = try Network(
      Self.chain(makerSpec, judgeSpec), capacity: batch, pool: ThreadPool(threads: 2),
      root: RandomRoot(seed: 1, trial: 1), convolution: .automatic, passesInputGradient: false,
      stopwatch: nil)
    let scores = UnsafeMutablePointer<Float>.allocate(capacity: batch)
    defer { scores.deallocate() }
    func loss(_ network: Network) -> NetworkLoss {
      NetworkLoss(
        ElementwiseLoss(
          .sigmoidCrossEntropy, outputs: 1, lanes: network.lanes.count, reduction: .mean),
        on: network, targets: scores)
    }
    let (judgeLoss, bothLoss) = (loss(judge.network), loss(both))
    let rate = try #require(reference.recipe["learningRate"]?.doubleValue)
    let makerParameters = both.parameters.filter { $0.spec.name.hasPrefix("generator.") }
    let (makerSteps, judgeSteps) = (
      try reference.optimizer().state(makerParameters),
      try reference.optimizer().state(judge.network.parameters)
    )
    (makerSteps.learningRate, judgeSteps.learningRate) = (rate, rate)
    let makerUpdate = both.regions(of: makerSteps.stages)
    let judgeUpdate = judge.network.regions(of: judgeSteps.stages)

    try #require(reference.losses.count == 20)
    for step in 0..<10 {
      SharedNumbers.fill(
        maker.network.input, "noise \(step)", count: batch, shape: noise, centred: true)
      maker.network.forward(count: batch, trainingStep: UInt64(step))
      SharedNumbers.fill(
        judge.network.input, "images \(step)", count: batch, shape: reference.input)
      scores.update(repeating: 1, count: batch)
      var value = judgeLoss.descend(count: batch, step: step)
      let gradients = judge.network.parameters.map { Array($0.gradient) }
      judge.network.input.update(from: maker.network.output, count: batch * reference.input.count)
      scores.update(repeating: 0, count: batch)
      value += judgeLoss.descend(count: batch, step: step)
      for (parameter, gradient) in zip(judge.network.parameters, gradients) {
        for index in gradient.indices { parameter.gradient[index] += gradient[index] }
      }
      judge.network.run(judgeUpdate)
      expectLoss(value, reference.losses[2 * step], step)

      copy(maker, "generator.", both, forwards: true)
      copy(judge, "discriminator.", both, forwards: true)
      SharedNumbers.fill(
        both.input, "second noise \(step)", count: batch, shape: noise, centred: true)
      scores.update(repeating: 1, count: batch)
      value = bothLoss.descend(count: batch, step: step)
      both.run(makerUpdate)
      expectLoss(value, reference.losses[2 * step + 1], step)
      copy(maker, "generator.", both, forwards: false)
      copy(judge, "discriminator.", both, forwards: false)
    }
    try expectArrays(reference, [maker, judge])
  }

  private func expectLoss(_ value: Double, _ expected: Double, _ step: Int) {
    #expect(
      abs(value - expected) <= Self.lossTolerance * expected, "step \(step): \(value), \(expected)")
  }

  /// Every array of the reference against those of the networks.
  private func expectArrays(_ reference: PyTorchSteps, _ networks: [ReferenceNetwork]) throws {
    var names: Set<String> = []
    for network in networks {
      for (name, values) in network.values {
        try reference.expect(name, values, startedAs: network.start[name] ?? [])
        names.insert(name)
      }
    }
    #expect(names == reference.arrays)
  }

  /// Two networks, one behind the other, with their names before those of their layers.
  private static func chain(_ first: NetworkSpec, _ second: NetworkSpec) -> NetworkSpec {
    func named(_ prefix: String, _ layers: [NamedLayer]) -> [NamedLayer] {
      layers.map { NamedLayer("\(prefix).\($0.name)", $0.layer) }
    }
    return NetworkSpec(
      name: "both", input: first.input,
      layers: named("generator", first.layers) + named("discriminator", second.layers),
      output: .logOdds)
  }

  /// Copies parameters and statistics between a network and its half of the chain.
  private func copy(
    _ part: ReferenceNetwork, _ prefix: String, _ whole: Network, forwards: Bool
  ) {
    let places = Dictionary(
      whole.parameters.map { ($0.spec.name, $0.values) }
        + whole.statistics.map { ($0.spec.name, $0.values) },
      uniquingKeysWith: { first, _ in first })
    for (name, values) in part.arrays {
      guard let place = places[prefix + name] else { continue }
      let (source, target) = forwards ? (values, place) : (place, values)
      _ = target.update(fromContentsOf: source)
    }
  }
}

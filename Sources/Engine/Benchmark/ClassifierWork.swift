import Model

/// A classifier on random images of random classes, with momentum and weight decay.
final class ClassifierWork: BenchmarkWork {
  private let trainer: ClassificationTrainer
  private let labels: [Int32]
  private let batch: Int

  init(_ network: Network, batch: Int) {
    self.batch = batch
    network.initialize(.caffeXavier)
    let images = BenchmarkNumbers(batch * network.spec.input.count, "images")
    network.input.update(from: images.base, count: batch * network.spec.input.count)
    let classes = Float(network.outputCount)
    let numbers = BenchmarkNumbers(batch, "labels")
    labels = (0..<batch).map { Int32(numbers.base[$0] * classes) }
    trainer = ClassificationTrainer(
      network: network, classes: network.outputCount, optimizer: .benchmarkSGD)
  }

  func train(update: Int) {
    labels.withUnsafeBufferPointer { buffer in
      guard let labels = buffer.baseAddress else { return }
      _ = trainer.step(
        count: batch, labels: labels, update: update, learningRate: 1e-3, moment: TrainingMoment())
    }
  }

  func infer() { trainer.network.forward(count: batch, trainingStep: nil) }

  var state: [NamedArray] { trainer.state }
}

extension Optimizer {
  /// What benchmarks train single networks with.
  static let benchmarkSGD = Optimizer.sgd(SGD(style: .caffe, momentum: 0.9, weightDecay: 5e-4))
}

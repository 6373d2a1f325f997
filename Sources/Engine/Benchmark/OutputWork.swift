import Model

/// An autoencoder on random images, or another network with numbers for targets.
final class OutputWork: BenchmarkWork {
  private let trainer: TargetTrainer
  private let batch: Int

  init(_ network: Network, batch: Int) {
    self.batch = batch
    network.initialize(.caffeXavier)
    let inputs = batch * network.spec.input.count
    let images = BenchmarkNumbers(inputs, "images")
    network.input.update(from: images.base, count: inputs)
    let targets =
      network.outputCount == network.spec.input.count
      ? images : BenchmarkNumbers(batch * network.outputCount, "targets")
    trainer = TargetTrainer(
      network: network,
      objective: network.spec.output == .logOdds ? .sigmoidCrossEntropy : .meanSquaredError,
      optimizer: .benchmarkSGD)
    trainer.targets.update(from: targets.base, count: batch * network.outputCount)
  }

  func train(update: Int) {
    _ = trainer.step(count: batch, update: update, learningRate: 1e-5, moment: TrainingMoment())
  }

  func infer() { trainer.network.forward(count: batch, trainingStep: nil) }

  var state: [NamedArray] { trainer.state }
}

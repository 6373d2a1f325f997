import Model

/// An autoencoder on random images, or another network with numbers for targets.
final class OutputWork: BenchmarkWork {
  private let trainer: OutputTrainer
  private let targets: BenchmarkNumbers
  private let batch: Int

  init(_ network: Network, batch: Int) {
    self.batch = batch
    network.initialize(.caffeXavier)
    let inputs = batch * network.spec.input.count
    let images = BenchmarkNumbers(inputs, "images")
    network.input.update(from: images.base, count: inputs)
    targets =
      network.outputCount == network.spec.input.count
      ? images : BenchmarkNumbers(batch * network.outputCount, "targets")
    trainer = OutputTrainer(
      network: network,
      criterion: network.spec.output == .logOdds ? .sigmoidCrossEntropy : .meanSquaredError,
      optimizer: .benchmarkSGD)
  }

  func train(update: Int) {
    _ = trainer.step(count: batch, targets: targets.base, update: update, learningRate: 1e-3)
  }

  func infer() { trainer.network.forward(count: batch, trainingStep: nil) }
}

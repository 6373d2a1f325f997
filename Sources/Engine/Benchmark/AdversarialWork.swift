import Model

/// A generator and a discriminator with the optimizer of DCGAN's MNIST code, on random images and one
/// batch of noise in (−1, 1). Predicting means making images.
final class AdversarialWork: BenchmarkWork {
  private let trainer: AdversarialTrainer
  private let images: BenchmarkNumbers
  private let batch: Int

  init(generator: Network, discriminator: Network, batch: Int) {
    self.batch = batch
    for network in [generator, discriminator] {
      network.initialize(.gaussian(deviation: 0.02))
    }
    let count = batch * generator.spec.input.count
    let noise = BenchmarkNumbers(count, "noise")
    for index in 0..<count { generator.input[index] = 2 * noise.base[index] - 1 }
    images = BenchmarkNumbers(batch * generator.outputCount, "images")
    trainer = AdversarialTrainer(
      generator: generator, discriminator: discriminator,
      optimizer: .adam(Adam(beta1: 0.5, weightDecay: 2.5e-5)))
  }

  func train(update: Int) {
    _ = trainer.step(
      count: batch, images: images.base, update: update, learningRate: 2e-4,
      moment: TrainingMoment())
  }

  func infer() { trainer.generator.forward(count: batch, trainingStep: nil) }

  var state: [NamedArray] { trainer.state }
}

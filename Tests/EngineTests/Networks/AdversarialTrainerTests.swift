import Glibc
import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct AdversarialTrainerTests {
  static let capacity = 8

  private func trainer(threads: Int) throws -> AdversarialTrainer {
    let image = FeatureShape(height: 8, width: 8, channels: 1)
    let pool = ThreadPool(threads: threads)
    let root = RandomRoot(seed: 1, trial: 1)
    let generator = try Network(
      DCGANGenerator(noise: 6, width: 2).network(input: image, classes: 1),
      capacity: Self.capacity, pool: pool, root: root, convolution: .automatic,
      passesInputGradient: false, stopwatch: nil)
    let discriminator = try Network(
      DCGANDiscriminator(width: 2).network(input: image, classes: 1).attaching([
        Dropout(drop: 0.3)
      ]), capacity: Self.capacity, pool: pool, root: root, convolution: .automatic,
      passesInputGradient: true, stopwatch: nil)
    for network in [generator, discriminator] { network.initialize(.gaussian(deviation: 0.05)) }
    return AdversarialTrainer(
      generator: generator, discriminator: discriminator, optimizer: .adam(Adam(beta1: 0.5)))
  }

  /// Dark images with a bright upper half.
  private func images(_ update: Int) -> [Float] {
    TestNumbers.uniform(Self.capacity * 64, "images \(update)", in: 0...0.2).enumerated().map {
      Float($1) + ($0 % 64 < 32 ? 0.8 : 0)
    }
  }

  private func step(_ trainer: AdversarialTrainer, _ update: Int) -> AdversarialTrainer.Losses {
    let noise = TestNumbers.uniform(Self.capacity * 6, "noise \(update)")
    for (index, number) in noise.enumerated() { trainer.generator.input[index] = Float(number) }
    let count = update % 3 == 2 ? Self.capacity - 3 : Self.capacity
    return images(update).withUnsafeBufferPointer {
      trainer.step(
        count: count, images: $0.baseAddress!, update: update, learningRate: 5e-3,
        moment: TrainingMoment())
    }
  }

  @Test func `gives the same bits for any threads`() throws {
    let trainers = try [1, 2].map { try trainer(threads: $0) }
    let losses = trainers.map { trainer in (0..<60).map { step(trainer, $0) } }
    #expect(losses[0] == losses[1])
    withExtendedLifetime(trainers) {
      for (a, b) in zip(trainers[0].state, trainers[1].state) {
        #expect(a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
      }
    }
    // It starts knowing nothing.
    #expect(abs(losses[0][0].discriminator - 2 * log(2)) < 0.3)
    #expect(losses[0].allSatisfy { $0.discriminator.isFinite && $0.generator.isFinite })
  }

  /// One step by hand, on copies of the same networks.
  @Test func `steps as described`() throws {
    let (whole, parts) = (try trainer(threads: 1), try trainer(threads: 1))
    _ = step(whole, 0)
    let (generator, discriminator) = (parts.generator, parts.discriminator)
    let noise = TestNumbers.uniform(Self.capacity * 6, "noise 0")
    for (index, number) in noise.enumerated() { generator.input[index] = Float(number) }
    generator.forward(count: Self.capacity, trainingStep: 0)
    let made = Array(UnsafeBufferPointer(start: generator.output, count: Self.capacity * 64))
    /// The gradients after the discriminator judged images, for the loss with a target.
    func judge(_ images: [Float], target: Float, step: UInt64) -> [[Float]] {
      for (index, pixel) in images.enumerated() { discriminator.input[index] = pixel }
      discriminator.forward(count: Self.capacity, trainingStep: step)
      for sample in 0..<Self.capacity {
        let z = discriminator.output[sample]
        discriminator.outputGradient[sample] = (1 / (1 + exp(-z)) - target) / Float(Self.capacity)
      }
      discriminator.backward()
      return discriminator.parameters.map { Array($0.gradient) }
    }
    let (real, fake) = (judge(images(0), target: 1, step: 0), judge(made, target: 0, step: 1))
    let adam = AdamState(Adam(beta1: 0.5), discriminator.parameters)
    for (index, parameter) in discriminator.parameters.enumerated() {
      for place in parameter.gradient.indices {
        parameter.gradient[place] = real[index][place] + fake[index][place]
      }
    }
    adam.learningRate = 5e-3
    discriminator.run(discriminator.regions(of: adam.stages))
    for (a, b) in zip(whole.discriminator.parameters, discriminator.parameters) {
      #expect(Agreement.error(a.values, b.values.map(Double.init)) < 1e-4, "\(a.spec.name)")
    }
    _ = judge(made, target: 1, step: 2)
    let gradient = try #require(discriminator.inputGradient)
    generator.outputGradient.update(from: gradient, count: Self.capacity * 64)
    generator.backward()
    let other = AdamState(Adam(beta1: 0.5), generator.parameters)
    other.learningRate = 5e-3
    generator.run(generator.regions(of: other.stages))
    for (a, b) in zip(whole.generator.parameters, generator.parameters) {
      // Adam's first step is the sign of a gradient, which rounding may turn where it is near 0.
      let far = zip(a.values, b.values).filter { abs($0 - $1) > 1e-3 }.count
      #expect(far <= a.values.count / 50, "\(a.spec.name): \(far) of \(a.values.count)")
    }
  }
}

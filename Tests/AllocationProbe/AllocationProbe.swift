import Engine
import Glibc
import Model

/// Trains each network for a while and prints how often memory was allocated meanwhile:
/// `<network> <arm> <threads> <allocations> of <steps>`. The first line proves that the counter
/// counts.
@main
struct AllocationProbe {
  static let steps = 20

  static func main() throws {
    let before = allocationCount.load(ordering: .relaxed)
    let pool = ThreadPool(threads: 1)
    let made = allocationCount.load(ordering: .relaxed) - before
    print("counter \(made > 0 && pool.threads == 1 ? "works" : "broken")")

    let digit = FeatureShape(height: 28, width: 28, channels: 1)
    let lenet = NetworkSpec.lenet(input: digit, classes: 10)
    let mlp = NetworkSpec.mlp(
      input: FeatureShape(vector: 784), hidden: [512], activation: .relu, classes: 10)
    for threads in [1, 2] {
      print("autoencoder \(threads) \(try outputAllocations(threads: threads)) of \(steps)")
      print("dcgan \(threads) \(try adversarialAllocations(threads: threads)) of \(steps)")
      let families: [any NetworkFamily] = [
        WideResNet(depth: 10, widening: 2), PreResNet(depth: 11, block: .bottleneck),
        DenseNetBC(depth: 10, growth: 12), VGG(depth: 11, width: 16),
      ]
      for family in families {
        let network = NetworkChoice(family).network(
          input: FeatureShape(height: 32, width: 32, channels: 3), classes: 10)
        print(
          "\(network.name) \(threads) \(try allocations(network, threads: threads)) of \(steps)")
      }
      let unfolded = try allocations(lenet, threads: threads, convolution: .im2col)
      print("\(lenet.name) im2col \(threads) \(unfolded) of \(steps)")
      for network in [lenet, mlp] {
        let arms: [(String, any Regularizer)] = [
          ("dropout", Dropout(drop: 0.5)), ("shakeout", Shakeout(drop: 0.3, c: 0.1)),
        ]
        for (name, regularizer) in arms {
          let count = try allocations(network.attaching([regularizer]), threads: threads)
          print("\(network.name) \(name) \(threads) \(count) of \(steps)")
        }
      }
    }
  }

  /// Allocations during training steps and evaluations, full and short batches, after warm-up.
  static func allocations(
    _ spec: NetworkSpec, threads: Int, convolution: ConvolutionAlgorithm = .automatic
  ) throws -> Int {
    let batch = 12
    let network = try Network(
      spec, capacity: batch, pool: ThreadPool(threads: threads),
      root: RandomRoot(seed: 1, trial: 1), convolution: convolution, passesInputGradient: false,
      stopwatch: nil)
    network.initialize(.caffeXavier)
    network.input.update(repeating: 0.5, count: batch * spec.input.count)
    let trainer = ClassificationTrainer(
      network: network, classes: 10,
      optimizer: .sgd(SGD(style: .caffe, momentum: 0.9, weightDecay: 5e-4)))
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: batch)
    defer { labels.deallocate() }
    labels.update(repeating: 3, count: batch)
    return counted { update in
      _ = trainer.step(
        count: update % 3 == 0 ? batch - 5 : batch, labels: labels, update: update,
        learningRate: 0.01, moment: TrainingMoment())
      _ = trainer.evaluate(count: batch, labels: labels)
    }
  }

  /// The same for an autoencoder.
  static func outputAllocations(threads: Int) throws -> Int {
    let batch = 12
    let network = try Network(
      NetworkChoice(Autoencoder(hidden: 32)).network(input: FeatureShape(vector: 64), classes: 10),
      capacity: batch, pool: ThreadPool(threads: threads), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.caffeXavier)
    network.input.update(repeating: 0.5, count: batch * 64)
    let trainer = TargetTrainer(
      network: network, objective: .sigmoidCrossEntropy,
      optimizer: .sgd(SGD(style: .caffe, momentum: 0.9)))
    return counted { update in
      let count = update % 3 == 0 ? batch - 5 : batch
      trainer.targets.update(from: network.input, count: count * network.outputCount)
      _ = trainer.step(count: count, update: update, learningRate: 0.01, moment: TrainingMoment())
      trainer.targets.update(from: network.input, count: batch * network.outputCount)
      _ = trainer.evaluate(count: batch)
    }
  }

  /// The same for a small DCGAN.
  static func adversarialAllocations(threads: Int) throws -> Int {
    let batch = 12
    let image = FeatureShape(height: 8, width: 8, channels: 1)
    let pool = ThreadPool(threads: threads)
    let root = RandomRoot(seed: 1, trial: 1)
    let generator = try Network(
      NetworkChoice(DCGANGenerator(noise: 6, width: 2)).network(input: image, classes: 1),
      capacity: batch, pool: pool, root: root, convolution: .automatic, passesInputGradient: false,
      stopwatch: nil)
    let discriminator = try Network(
      NetworkChoice(DCGANDiscriminator(width: 2)).network(input: image, classes: 1),
      capacity: batch, pool: pool, root: root, convolution: .automatic, passesInputGradient: true,
      stopwatch: nil)
    for network in [generator, discriminator] { network.initialize(.gaussian(deviation: 0.02)) }
    generator.input.update(repeating: 0.5, count: batch * 6)
    let images = UnsafeMutablePointer<Float>.allocate(capacity: batch * 64)
    defer { images.deallocate() }
    images.initialize(repeating: 0.5, count: batch * 64)
    let trainer = AdversarialTrainer(
      generator: generator, discriminator: discriminator, optimizer: .adam(Adam(beta1: 0.5)))
    return counted { update in
      _ = trainer.step(
        count: update % 3 == 0 ? batch - 5 : batch, images: images, update: update,
        learningRate: 1e-4, moment: TrainingMoment())
    }
  }

  /// Allocations of steps after a warm-up.
  private static func counted(_ work: (_ update: Int) -> Void) -> Int {
    for update in 0..<5 { work(update) }
    let before = allocationCount.load(ordering: .relaxed)
    for update in 5..<5 + steps { work(update) }
    return allocationCount.load(ordering: .relaxed) - before
  }
}

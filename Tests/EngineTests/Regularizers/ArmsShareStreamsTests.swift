import Model
import TestSupport
import Testing

@testable import Engine

/// Whole networks under the arms of a study, which share a trial's random numbers.
@Suite struct ArmsShareStreamsTests {
  private let plain = NetworkSpec.lenet(
    input: FeatureShape(height: 16, width: 16, channels: 1), classes: 10)

  /// The weights after some updates.
  private func train(
    _ regularizers: [any Regularizer], threads: Int = 1, trial: UInt32 = 1
  ) throws -> [[Float]] {
    let network = try Network(
      plain.attaching(regularizers), capacity: 12, pool: ThreadPool(threads: threads),
      root: RandomRoot(seed: 1, trial: trial), convolution: .automatic, passesInputGradient: false,
      stopwatch: nil)
    network.initialize(.caffeXavier)
    let trainer = ClassificationTrainer(
      network: network, classes: 10,
      optimizer: .sgd(SGD(style: .caffe, momentum: 0.9, weightDecay: 5e-4)))
    let images = TestNumbers.uniform(12 * 256, "images", in: 0...1)
    for (index, pixel) in images.enumerated() { network.input[index] = Float(pixel) }
    let labels = (0..<12).map { Int32($0 % 10) }
    for update in 0..<5 {
      let loss = trainer.step(
        count: 12, labels: labels, update: update, learningRate: 0.01, moment: TrainingMoment())
      #expect(loss.isFinite)
    }
    return network.parameters.map { Array($0.values) }
  }

  @Test func `Shakeout with c = 0 trains the weights of Dropout, bit for bit`() throws {
    let dropout = try train([Dropout(drop: 0.3)])
    #expect(try train([Shakeout(drop: 0.3, c: 0)]) == dropout)
    #expect(try train([Shakeout(drop: 0.3, c: 0.1)]) != dropout)
  }

  @Test func `no noise trains the weights of standard back-propagation, bit for bit`() throws {
    let standard = try train([])
    #expect(try train([Shakeout(drop: 0, c: 5)]) == standard)
    #expect(try train([Dropout(drop: 0)]) == standard)
    #expect(try train([Dropout(drop: 0.3)]) != standard)
  }

  @Test func `on a hidden layer, too`() throws {
    let site = Sites(["fc1.input"])
    let dropout = try train([Dropout(drop: 0.3, sites: site)])
    #expect(try train([Shakeout(drop: 0.3, c: 0, sites: site)]) == dropout)
    #expect(try train([Shakeout(drop: 0, c: 5, sites: site)]) == train([]))
  }

  @Test func `neither threads nor repetition change a bit, the trial does`() throws {
    let shakeout = Shakeout(drop: 0.5, c: 0.2)
    let weights = try train([shakeout])
    #expect(try train([shakeout]) == weights)
    #expect(try train([shakeout], threads: 2) == weights)
    #expect(try train([shakeout], trial: 2) != weights)
  }
}

import Model
import TestSupport
import Testing

@testable import Engine

/// Whole trainings under penalties.
@Suite struct PenalizedTrainingTests {
  private let plain = NetworkSpec.lenet(
    input: FeatureShape(height: 16, width: 16, channels: 1), classes: 10)

  /// The parameters after each of some epochs of two updates.
  private func train(
    _ regularizers: [any Regularizer], epochs: Int = 4, rate: Double = 0.05, threads: Int = 1,
    isObserved: Bool = false
  ) throws -> [[ParameterSpec: [Float]]] {
    let network = try Network(
      plain.attaching(regularizers), capacity: 12, pool: ThreadPool(threads: threads),
      root: RandomRoot(seed: 1, trial: 1), convolution: .automatic, passesInputGradient: false,
      stopwatch: nil)
    network.initialize(.torchDefault)
    let trainer = ClassificationTrainer(
      network: network, classes: 10, optimizer: .sgd(SGD(style: .pytorch, momentum: 0.9)))
    if isObserved { trainer.observeGradients = { _ in } }
    let images = TestNumbers.uniform(12 * 256, "images", in: 0...1)
    for (index, pixel) in images.enumerated() { network.input[index] = Float(pixel) }
    let labels = (0..<12).map { Int32($0 % 10) }
    return (0..<2 * epochs).compactMap { update in
      let loss = trainer.step(
        count: 12, labels: labels, update: update, learningRate: rate,
        moment: TrainingMoment(epoch: update / 2, epochs: Double(epochs)))
      #expect(loss.isFinite)
      guard update % 2 == 1 else { return nil }
      return Dictionary(
        uniqueKeysWithValues: network.parameters.map { ($0.spec, Array($0.values)) })
    }
  }

  @Test(arguments: [0, 1])
  func `delayed strong regularization is no regularization before epoch γ, bit for bit`(
    _ index: Int
  ) throws {
    let schedule = PenaltySchedule.delayed(gamma: 2)
    let regularizer: any Regularizer =
      [L1(lambda: 0.02, schedule: schedule), L2(lambda: 0.5, schedule: schedule)][index]
    let standard = try train([])
    let delayed = try train([regularizer])
    for epoch in 0..<2 { #expect(Set(delayed[epoch].values) == Set(standard[epoch].values)) }
    #expect(Set(delayed[2].values) != Set(standard[2].values))
  }

  @Test func `the proximal step makes exact zeros, of weights alone`() throws {
    let epochs = try train([L1(lambda: 0.2)])
    let last = try #require(epochs.last)
    for (spec, values) in last {
      let zeros = values.count { $0 == 0 }
      #expect(spec.role == .weight ? zeros > values.count / 10 : zeros == 0)
    }
    let subgradient = try train([L1(lambda: 0.2, method: .subgradient)])
    #expect(subgradient.last?.values.allSatisfy { $0.allSatisfy { $0 != 0 } } == true)
  }

  @Test func `L2 with factor 1 is the weight decay of weights`() throws {
    let network = try train([L2(lambda: 0.01)])
    let factor2 = try train([L2(lambda: 0.005, gradientFactor: 2)])
    #expect(network.last == factor2.last)
  }

  /// Layers then leave the update to the end.
  @Test func `an observer of gradients changes no bits`() throws {
    let cases: [[any Regularizer]] = [
      [L1(lambda: 0.02), L2(lambda: 0.1)], [L1(lambda: 0.02, method: .subgradient)],
      [L2(lambda: 0.1, schedule: .ivanov(threshold: 10))],
    ]
    for regularizers in cases {
      #expect(try train(regularizers, isObserved: true) == train(regularizers, threads: 2))
    }
  }

  @Test func `the number of threads changes no bit`() throws {
    let both: [any Regularizer] = [
      L1(lambda: 0.02), L2(lambda: 0.1, schedule: .ivanov(threshold: 10)),
    ]
    #expect(try train(both, threads: 3) == train(both))
  }
}

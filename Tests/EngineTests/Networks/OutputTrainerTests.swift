import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct OutputTrainerTests {
  static let input = FeatureShape(vector: 24)

  private func trainer(
    _ criterion: OutputTrainer.Criterion, threads: Int
  ) throws -> OutputTrainer {
    let spec = NetworkSpec(
      name: "small", input: Self.input,
      layers: [
        NamedLayer("encoder", .dense(DenseSpec(outputs: 12))),
        NamedLayer("code", .activation(ActivationSpec(.sigmoid))),
        NamedLayer("decoder", .dense(DenseSpec(outputs: 24))),
      ], output: .logOdds)
    let network = try Network(
      spec, capacity: 10, pool: ThreadPool(threads: threads), root: RandomRoot(seed: 1, trial: 1))
    network.initialize(.caffeXavier)
    return OutputTrainer(
      network: network, criterion: criterion, optimizer: .adam(Adam(beta1: 0.9)))
  }

  /// Four patterns of bits with a few of them turned; they are the targets too.
  private func fill(_ network: Network, update: Int, count: Int) -> [Float] {
    let turns = TestNumbers.uniform(count * 24, "turns \(update)", in: 0...1)
    return (0..<count * 24).map { index in
      let bit = (index % 24) / 6 == (index / 24 + update) % 4
      let value: Float = bit != (turns[index] < 0.02) ? 1 : 0
      network.input[index] = value
      return value
    }
  }

  private func train(_ trainer: OutputTrainer, _ updates: Int) -> [Double] {
    (0..<updates).map { update in
      let count = update % 4 == 3 ? 6 : 10
      return fill(trainer.network, update: update, count: count).withUnsafeBufferPointer {
        trainer.step(count: count, targets: $0.baseAddress!, update: update, learningRate: 0.02)
      }
    }
  }

  @Test(arguments: [OutputTrainer.Criterion.sigmoidCrossEntropy, .meanSquaredError])
  func learnsTheSameForAnyThreads(_ criterion: OutputTrainer.Criterion) throws {
    let trainers = try [1, 3].map { try trainer(criterion, threads: $0) }
    let losses = trainers.map { train($0, 400) }
    #expect(losses[0] == losses[1])
    let (first, last) = (losses[0][..<10].reduce(0, +), losses[0][390...].reduce(0, +))
    #expect(last < first / 2)
    let names = trainers[0].state.map(\.name)
    #expect(names.contains("encoder.weight") && names.contains("decoder.bias.gradientMean"))
    // The arrays are the trainers' own memory.
    withExtendedLifetime(trainers) {
      for (a, b) in zip(trainers[0].state, trainers[1].state) {
        #expect(a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
      }
    }
  }

  @Test func measuresTheMeanOverOutputs() throws {
    let trainer = try trainer(.sigmoidCrossEntropy, threads: 2)
    let targets = fill(trainer.network, update: 0, count: 7)
    let sum = targets.withUnsafeBufferPointer {
      trainer.evaluate(count: 7, targets: $0.baseAddress!)
    }
    let expected = targets.enumerated().reduce(0.0) { sum, item in
      sum
        + OutputLossReference.sigmoidCrossEntropy.value(
          Double(trainer.network.output[item.offset]), Double(item.element)) / 24
    }
    #expect(abs(sum - expected) < 1e-4 * expected)
    let step = targets.withUnsafeBufferPointer {
      trainer.step(count: 7, targets: $0.baseAddress!, update: 0, learningRate: 0)
    }
    #expect(abs(step - expected / 7) < 1e-4 * expected)
  }
}

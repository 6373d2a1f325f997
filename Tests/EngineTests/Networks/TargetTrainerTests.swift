import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct TargetTrainerTests {
  private func trainer(
    _ objective: TargetTrainer.Objective, threads: Int = 1
  ) throws -> TargetTrainer {
    let spec = try NetworkSpec(
      name: "small", input: FeatureShape(vector: 6),
      layers: [
        NamedLayer("fc1", .dense(DenseSpec(outputs: 9))),
        NamedLayer("tanh", .activation(ActivationSpec(.tanh))),
        NamedLayer("fc2", .dense(DenseSpec(outputs: 3))),
      ], output: .values
    ).attaching([Dropout(drop: 0.1, sites: Sites(["fc2.input"])), L2(lambda: 1e-4)])
    let network = try Network(
      spec, capacity: 8, pool: ThreadPool(threads: threads), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.torchDefault)
    return TargetTrainer(
      network: network, objective: objective, optimizer: .sgd(SGD(style: .pytorch, momentum: 0.9)))
  }

  /// Sums of neighbouring inputs, brought to 0…1.
  private func fill(_ trainer: TargetTrainer, _ update: Int) {
    let x = TestNumbers.uniform(48, "x\(update % 5)", in: 0...1)
    for (index, value) in x.enumerated() { trainer.network.input[index] = Float(value) }
    for sample in 0..<8 {
      for output in 0..<3 {
        let place = 6 * sample + 2 * output
        trainer.targets[3 * sample + output] = Float((x[place] + x[place + 1]) / 2)
      }
    }
  }

  @Test(arguments: [TargetTrainer.Objective.meanSquaredError, .sigmoidCrossEntropy])
  func `it learns, with the same bits for any number of threads`(
    objective: TargetTrainer.Objective
  ) throws {
    func train(_ threads: Int) throws -> (losses: [Double], arrays: [[Float]]) {
      let trainer = try trainer(objective, threads: threads)
      let losses = (0..<300).map { update -> Double in
        fill(trainer, update)
        return trainer.step(count: 8, update: update, learningRate: 0.05, moment: TrainingMoment())
      }
      fill(trainer, 0)
      #expect(trainer.evaluate(count: 8) / 8 < losses[0])
      return (losses, trainer.state.map { Array($0.values) })
    }
    let one = try train(1)
    #expect(one.losses[290...].reduce(0, +) < one.losses[..<10].reduce(0, +))
    #expect(try train(3) == one)
  }

  @Test func `a mean squared error is that of the outputs`() throws {
    let trainer = try trainer(.meanSquaredError)
    fill(trainer, 0)
    let sum = trainer.evaluate(count: 5)
    let expected = (0..<15).reduce(0) { sum, index in
      let distance = Double(trainer.network.output[index] - trainer.targets[index])
      return sum + distance * distance / 3
    }
    #expect(abs(sum - expected) < 1e-5)
  }

  @Test func `a cross-entropy of log-odds is summed over the outputs`() throws {
    let trainer = try trainer(.sigmoidCrossEntropy)
    fill(trainer, 0)
    let sum = trainer.evaluate(count: 7)
    let expected = (0..<21).reduce(0) { sum, index in
      sum
        + OutputLossReference.sigmoidCrossEntropy.value(
          Double(trainer.network.output[index]), Double(trainer.targets[index]))
    }
    #expect(abs(sum - expected) < 1e-4 * expected)
  }

  @Test func `a checkpoint holds weights and what the optimizer remembers`() throws {
    let names = try trainer(.meanSquaredError).state.map(\.name)
    #expect(names.contains("fc1.weight") && names.contains("fc2.bias.velocity"))
  }
}

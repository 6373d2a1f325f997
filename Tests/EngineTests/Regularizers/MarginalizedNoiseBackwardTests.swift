import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct MarginalizedNoiseBackwardTests {
  struct Case: CustomTestStringConvertible {
    var hidden: [Int]
    var noise: MarginalizedNoise
    var testDescription: String {
      "\(hidden) \(noise.form) \(noise.approxForm) on \(noise.on), q = \(noise.keep)"
    }
  }

  static let cases: [Case] = [[11], [9, 7], [12, 12]].flatMap { hidden in
    MarginalizedNoise.Target.allCases.flatMap { on in
      [Case(hidden: hidden, noise: MarginalizedNoise(keep: 0.6, on: on))]
        + [MarginalizedNoise.Form.approx, .approxRecursive].flatMap { form in
          MarginalizedNoise.ApproxForm.allCases.map {
            Case(
              hidden: hidden,
              noise: MarginalizedNoise(keep: 0.6, on: on, form: form, approxForm: $0))
          }
        }
    }
  }

  private static let input = FeatureShape(vector: 12)
  private let classes = 5
  private let count = 7

  private func trainer(
    _ example: Case, regularized: Bool = true, threads: Int = 1
  ) throws -> ClassificationTrainer {
    let plain = NetworkSpec.mlp(
      input: Self.input, hidden: example.hidden, activation: .sigmoid, classes: classes)
    let network = try Network(
      regularized ? plain.attaching([example.noise]) : plain, capacity: 9,
      pool: ThreadPool(threads: threads), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    for parameter in network.parameters {
      for (index, value) in TestNumbers.uniform(parameter.values.count, parameter.spec.name)
        .enumerated()
      {
        parameter.values[index] = Float(1.5 * value)
      }
      parameter.gradient.update(repeating: 1e9)
    }
    return ClassificationTrainer(
      network: network, classes: classes, optimizer: .sgd(SGD(style: .pytorch)))
  }

  private var x: [[Double]] {
    (0..<count).map { exactNumbers(12, "x\($0)").map { abs($0) } }
  }
  private var labels: [Int32] { (0..<count).map { Int32($0 * 3 % classes) } }

  /// Gradients of one step, which leaves the weights where they are.
  private func gradients(_ trainer: ClassificationTrainer) -> [[Float]] {
    for (index, value) in x.flatMap({ $0 }).enumerated() {
      trainer.network.input[index] = Float(value)
    }
    _ = trainer.step(
      count: count, labels: labels, update: 0, learningRate: 0, moment: TrainingMoment())
    return trainer.network.parameters.map { Array($0.gradient) }
  }

  /// The network in Double, its parameters replaced.
  private func reference(_ example: Case, _ numbers: [[Double]]) -> MarginalizedNoiseReference {
    var inputs = 12
    let weights = stride(from: 0, to: numbers.count, by: 2).map { place in
      let rows = numbers[place + 1].count
      defer { inputs = rows }
      return ReferenceMatrix(rows: rows, columns: inputs, values: numbers[place])
    }
    return MarginalizedNoiseReference(
      weights: weights, biases: stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] },
      noise: example.noise)
  }

  private func meanLoss(_ reference: MarginalizedNoiseReference) -> Double {
    zip(x, labels).reduce(0) { sum, sample in
      sum + reference.logLoss(sample.0, label: Int(sample.1)) + reference.penalty(sample.0)
    } / Double(count)
  }

  @Test(arguments: cases)
  func `gradients and values are those of the definition`(example: Case) throws {
    let trainer = try trainer(example)
    let gradients = gradients(trainer)
    let numbers = trainer.network.parameters.map { $0.values.map(Double.init) }
    for (place, gradient) in gradients.enumerated() {
      let outcome = GradientChecker(step: 1e-4, tolerance: 2e-5).check(
        at: numbers[place], analytic: gradient.map(Double.init)
      ) { moved in
        var all = numbers
        all[place] = moved
        return meanLoss(reference(example, all))
      }
      let name = trainer.network.parameters[place].spec.name
      #expect(outcome.isClean, "\(name): \(outcome.mismatches.prefix(3))")
    }
    let term = try #require(trainer.lossTerm as? MarginalizedNoiseBackward)
    let penalties = term.penalties(count: count)
    #expect(Agreement.error(penalties, x.map(reference(example, numbers).penalty)) < 1e-5)
  }

  @Test func `with q = 1 gradients are those of the network's own backward pass`() throws {
    for hidden in [[11], [9, 7]] {
      let example = Case(hidden: hidden, noise: MarginalizedNoise(keep: 1, on: .both))
      let regularized = try gradients(trainer(example))
      let plain = try gradients(trainer(example, regularized: false))
      for (a, b) in zip(regularized, plain) {
        #expect(Agreement.error(a, b.map(Double.init)) < 1e-6)
      }
    }
  }

  @Test(arguments: cases)
  func `the number of threads changes no bit`(example: Case) throws {
    #expect(try gradients(trainer(example)) == gradients(trainer(example, threads: 3)))
  }
}

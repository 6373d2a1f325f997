import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct GradientSizesTests {
  private func network(_ penalties: [any Regularizer], threads: Int = 1) throws -> Network {
    let spec = try NetworkSpec.mlp(
      input: FeatureShape(vector: 6), hidden: [5], activation: .relu, classes: 3
    ).attaching(penalties)
    let network = try Network(
      spec, capacity: 4, pool: ThreadPool(threads: threads), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(.heFanIn)
    for (index, parameter) in network.parameters.enumerated() {
      let numbers = TestNumbers.uniform(parameter.gradient.count, "gradient \(index)")
      for place in parameter.gradient.indices { parameter.gradient[place] = Float(numbers[place]) }
    }
    // An exact zero has no sign.
    network.parameters[0].values[0] = 0
    return network
  }

  /// Means over the weights of all layers, biases left out.
  private func reference(_ network: Network) -> (gradient: Double, weight: Double, sign: Double) {
    let weights = network.parameters.filter { $0.spec.role == .weight }
    let count = Double(weights.reduce(0) { $0 + $1.values.count })
    func mean(_ value: (Parameter, Int) -> Double) -> Double {
      weights.reduce(0) { sum, weight in
        sum + weight.values.indices.reduce(0) { $0 + value(weight, $1) }
      } / count
    }
    return (
      mean { Double(abs($0.gradient[$1])) }, mean { Double(abs($0.values[$1])) },
      mean { $0.values[$1] == 0 ? 0 : 1 }
    )
  }

  @Test func `means are those of all weights`() throws {
    let network = try network([])
    let (means, expected) = (
      GradientSizes(network).measure(TrainingMoment()), reference(network)
    )
    #expect(abs(means.gradient - expected.gradient) < 1e-6)
    #expect(abs(means.weight - expected.weight) < 1e-6)
    #expect(means.penalty == 0)
  }

  @Test func `penalties count as strong as they are in the epoch`() throws {
    let network = try network([
      L2(lambda: 0.1, gradientFactor: 2, schedule: .delayed(gamma: 3)), L1(lambda: 0.01),
    ])
    let statistics = GradientSizes(network)
    let expected = reference(network)
    let before = statistics.measure(TrainingMoment(epoch: 2, epochs: 9)).penalty
    let after = statistics.measure(TrainingMoment(epoch: 3, epochs: 9)).penalty
    #expect(abs(before - 0.01 * expected.sign) < 1e-9)
    #expect(abs(after - 0.01 * expected.sign - 0.2 * expected.weight) < 1e-7)
  }

  @Test func `below its threshold a penalty does nothing`() throws {
    for (threshold, factor) in [(0.0, 1.0), (1e9, 0.0)] {
      let network = try network([L2(lambda: 0.1, schedule: .ivanov(threshold: threshold))])
      let found = GradientSizes(network).measure(TrainingMoment()).penalty
      #expect(abs(found - factor * 0.1 * reference(network).weight) < 1e-7)
    }
  }

  @Test func `any number of threads gives the same bits`() throws {
    let one = GradientSizes(try network([])).measure(TrainingMoment())
    let three = GradientSizes(try network([], threads: 3)).measure(TrainingMoment())
    #expect(one == three)
  }
}

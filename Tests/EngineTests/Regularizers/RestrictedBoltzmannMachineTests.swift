import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct RestrictedBoltzmannMachineTests {
  private func network(_ hidden: [Int], inputs: Int = 16) throws -> Network {
    let spec = NetworkSpec.mlp(
      input: FeatureShape(vector: inputs), hidden: hidden, activation: .sigmoid, classes: 3)
    return try Network(
      spec, capacity: 20, pool: ThreadPool(threads: 1), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
  }

  /// Two patterns: the first or the second half of the units is on.
  private func fill(_ network: Network) {
    for sample in 0..<20 {
      for unit in 0..<16 {
        network.input[sample * 16 + unit] = (unit < 8) == (sample % 2 == 0) ? 1 : 0
      }
    }
  }

  @Test func `learns to reconstruct what it sees, layer by layer`() throws {
    let network = try network([12, 6])
    fill(network)
    let pretrainer = RBMPretrainer(RBMPretraining(epochs: 150), network, updatesPerEpoch: 1)
    pretrainer.start()
    #expect(pretrainer.totalUpdates == 300)
    let errors = (0..<300).map { pretrainer.step(count: 20, update: $0) }
    #expect(errors[0] > 0.2 && errors[149] < 0.03)
    #expect(errors[299] < errors[150] / 2)
    let output = network.parameters.suffix(2)
    #expect(output.first?.values.allSatisfy { abs($0) < 0.06 } == true)
    #expect(output.last?.values.allSatisfy { $0 == 0 } == true)
  }

  @Test func `one update is contrastive divergence with one step`() throws {
    let network = try network([5])
    fill(network)
    let rule = RBMPretraining(learningRate: 0.3, firstMomentum: 0.5, weightCost: 0.01)
    let pretrainer = RBMPretrainer(rule, network, updatesPerEpoch: 1)
    pretrainer.start()
    let (w, b) = (network.parameters[0], network.parameters[1])
    let before = ReferenceMatrix(rows: 5, columns: 16, values: w.values.map(Double.init))
    let v = ReferenceMatrix(
      rows: 20, columns: 16, values: (0..<320).map { Double(network.input[$0]) })
    _ = pretrainer.step(count: 20, update: 0)
    let sigmoid = { (x: Double) in ActivationReference.sigmoid.value(x) }
    let positive = v.times(before.transposed).map(sigmoid)
    // The machine's own states, from the scalar generator.
    let stream = RandomRoot(seed: 1, trial: 1).stream(.mask, "fc1.rbm")
    var states = positive
    for sample in 0..<20 {
      for unit in 0..<5 {
        let bits = stream.block(position: 0, index: UInt32(sample * 8 + unit))[0]
        states[sample, unit] = Double(RandomBits.uniform(bits)) < positive[sample, unit] ? 1 : 0
      }
    }
    let reconstruction = states.times(before).map(sigmoid)
    let negative = reconstruction.times(before.transposed).map(sigmoid)
    let gradient = positive.transposed.times(v).zip(negative.transposed.times(reconstruction)) {
      ($0 - $1) / 20
    }
    let expected = before.zip(gradient) { $0 + 0.3 * ($1 - 0.01 * $0) }
    #expect(Agreement.error(w.values, expected.values) < 1e-5)
    let bias = zip(positive.columnSums, negative.columnSums).map { 0.3 * ($0 - $1) / 20 }
    #expect(Agreement.error(b.values, bias) < 1e-5)
  }

  @Test func `its state is all that it needs to go on`() throws {
    func train(_ updates: [Range<Int>]) throws -> [[Float]] {
      var carried: [[Float]] = []
      var last: [[Float]] = []
      for range in updates {
        let network = try network([12, 6])
        fill(network)
        let pretrainer = RBMPretrainer(RBMPretraining(epochs: 5), network, updatesPerEpoch: 2)
        pretrainer.start()
        let state =
          network.parameters.map(\.values) + pretrainer.buffers.map(\.values)
        for (array, values) in zip(state, carried) { _ = array.update(fromContentsOf: values) }
        for update in range { _ = pretrainer.step(count: 20, update: update) }
        carried = state.map { Array($0) }
        last = carried
      }
      return last
    }
    #expect(try train([0..<20]) == train([0..<7, 7..<13, 13..<20]))
  }
}

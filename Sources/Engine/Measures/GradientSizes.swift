import Model

/// How large the gradients of an update are, beside the weights and what penalties do to them (Park,
/// Ho, Chang, Figures 2 and 5): means over all weights of a network, without biases, gains and shifts.
package final class GradientSizes {
  /// The means in one update.
  package struct Means: Equatable, Sendable {
    /// Mean |∂L/∂w|, of the loss without penalties.
    package var gradient = 0.0
    /// Mean |w|.
    package var weight = 0.0
    /// Mean λ_t·|∂Ω/∂w| of all penalties together.
    package var penalty = 0.0
  }

  private let network: Network
  private let blocks: [ParameterBlock]
  private let count: Double
  /// Σ|∂L/∂w|, Σ|w| and the number of weights that are not 0, for each block.
  private let sums: UnsafeMutablePointer<Double>
  private var regions: [Region] = []

  /// Of a network, which must outlive it.
  package init(_ network: Network) {
    self.network = network
    let weights = network.parameters.filter { $0.spec.role == .weight }
    let blocks = ParameterBlock.blocks(of: weights)
    self.blocks = blocks
    count = Double(max(1, weights.reduce(0) { $0 + $1.values.count }))
    let sums = UnsafeMutablePointer<Double>.allocate(capacity: 3 * blocks.count + 1)
    sums.initialize(repeating: 0, count: 3 * blocks.count + 1)
    self.sums = sums
    guard !blocks.isEmpty else { return }
    regions = network.regions(of: [
      Stage(.blocks(blocks.count)) { part, _ in
        let block = blocks[part.index]
        sums[3 * part.index] = absoluteSum(block.gradient, block.count)
        sums[3 * part.index + 1] = absoluteSum(block.values, block.count)
        sums[3 * part.index + 2] = Double(nonzeroCount(block.values, block.count))
      }
    ])
  }

  deinit { sums.deallocate() }

  /// Measures between an update's backward pass and its step. Allocates nothing and changes nothing.
  package func measure(_ moment: TrainingMoment) -> Means {
    network.run(regions)
    var (gradients, weights, nonzero) = (0.0, 0.0, 0.0)
    for block in blocks.indices {
      gradients += sums[3 * block]
      weights += sums[3 * block + 1]
      nonzero += sums[3 * block + 2]
    }
    var means = Means(gradient: gradients / count, weight: weights / count)
    for penalty in network.spec.penalties {
      if let threshold = penalty.schedule.threshold, weights <= threshold { continue }
      let lambda = penalty.lambda * penalty.schedule.factor(at: moment)
      means.penalty += lambda * penalty.kind.gradientSize(size: weights, nonzero: nonzero) / count
    }
    return means
  }
}

/// How many of some numbers are not 0.
private func nonzeroCount(_ x: UnsafePointer<Float>, _ count: Int) -> Int {
  var found = 0
  for i in 0..<count where x[i] != 0 { found += 1 }
  return found
}

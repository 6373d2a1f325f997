import Model

/// The penalties of a network's weights in each update: the gradient part before the optimizer's step,
/// the proximal part after it. A penalty whose λ_t is 0 touches nothing, so that its update has the
/// bits of an update without it.
final class PenaltySteps {
  /// One penalty's strength in the present update.
  private struct Strength {
    /// λ_t.
    var lambda = 0.0
    /// λ_t if the weights' Σ|w| is above the threshold.
    var threshold: Double?
  }

  private let penalties: [WeightPenalty]
  private let blocks: [ParameterBlock]
  /// Factors on the learning rate, one for each block.
  private let rateFactors: [Double]
  private let sums: UnsafeMutablePointer<Double>
  private var strengths: [Strength]
  private var learningRate = 0.0

  /// - Parameters:
  ///   - parameters: of which those with the role of weights are penalized.
  ///   - optimizer: whose factors on the learning rate hold for the proximal step.
  init(_ penalties: [WeightPenalty], _ parameters: [Parameter], _ optimizer: Optimizer) {
    self.penalties = penalties
    let weights = parameters.filter { $0.spec.role == .weight }
    blocks = ParameterBlock.blocks(of: weights)
    rateFactors = blocks.map { optimizer.rateFactor(for: weights[$0.parameter].spec) }
    strengths = penalties.map { _ in Strength() }
    sums = .allocate(capacity: max(1, blocks.count))
    sums.initialize(repeating: 0, count: max(1, blocks.count))
  }

  deinit { sums.deallocate() }

  /// Sets the strengths of the next update.
  func prepare(_ moment: TrainingMoment, learningRate: Double) {
    self.learningRate = learningRate
    for (index, penalty) in penalties.enumerated() {
      strengths[index].lambda = penalty.lambda * penalty.schedule.factor(at: moment)
      strengths[index].threshold = penalty.schedule.threshold
    }
  }

  /// What a penalty's strength is in the present update, once the gradient stages have run.
  func lambda(_ index: Int) -> Double { strengths[index].lambda }

  /// Whether a strength depends on all weights together.
  var looksAtWeights: Bool { penalties.contains { $0.schedule.threshold != nil } }

  /// To be run between backward pass (and clipping) and the optimizer's step.
  var gradientStages: [Stage] {
    let measuring = [
      Stage(.blocks(blocks.count)) { [unowned self] part, _ in
        sums[part.index] = absoluteSum(blocks[part.index].values, blocks[part.index].count)
      },
      Stage(.whole) { [unowned self] _, _ in applyThresholds() },
    ]
    return (looksAtWeights ? measuring : []) + [
      Stage(.blocks(blocks.count)) { [unowned self] part, _ in addGradient(blocks[part.index]) }
    ]
  }

  /// To be run behind the optimizer's step.
  var proximalStages: [Stage] {
    guard penalties.contains(where: \.kind.isProximal) else { return [] }
    return [
      Stage(.blocks(blocks.count)) { [unowned self] part, _ in
        shrink(blocks[part.index], rateFactor: rateFactors[part.index])
      }
    ]
  }

  private func applyThresholds() {
    var sum = 0.0
    for index in blocks.indices { sum += sums[index] }
    for index in strengths.indices {
      guard let threshold = strengths[index].threshold else { continue }
      // Not-a-number is above every threshold.
      if sum <= threshold { strengths[index].lambda = 0 }
    }
  }

  /// Adds the penalties' gradients to that of a block of weights, before the optimizer's step.
  func addGradient(_ block: ParameterBlock) {
    for (index, penalty) in penalties.enumerated() {
      let lambda = strengths[index].lambda
      guard lambda != 0 else { continue }
      penalty.kind.addGradient(of: block, lambda: lambda)
    }
  }

  /// Moves a block of weights behind the optimizer's step.
  /// - Parameter rateFactor: the factor on their learning rate.
  func shrink(_ block: ParameterBlock, rateFactor: Double) {
    for (index, penalty) in penalties.enumerated() where penalty.kind.isProximal {
      let threshold = learningRate * rateFactor * strengths[index].lambda
      if threshold > 0 { penalty.kind.step(block, threshold: threshold) }
    }
  }
}

extension Optimizer {
  /// The factor on the learning rate of a parameter.
  func rateFactor(for parameter: ParameterSpec) -> Double {
    switch self {
    case .sgd(let sgd): sgd.factors(for: parameter).learningRate
    case .adam: 1
    }
  }
}

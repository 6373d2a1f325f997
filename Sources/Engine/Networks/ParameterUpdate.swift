import Model

/// What happens to a network's parameters once their gradients are there: clipping, penalties, the
/// optimizer's step, proximal steps.
final class ParameterUpdate {
  private let network: Network
  private let optimizer: any OptimizerState
  private let clipping: GradientClipping?
  private let penalties: PenaltySteps?
  private let regions: [Region]

  /// With fresh optimizer state.
  /// - Parameter clipping: the largest norm of all gradients together, or nil for no limit.
  init(_ network: Network, _ rule: Optimizer, clipping limit: Double?) {
    self.network = network
    optimizer = rule.state(network.parameters)
    clipping = limit.map { GradientClipping(limit: $0, network.parameters) }
    let weightPenalties = network.spec.penalties
    penalties =
      weightPenalties.isEmpty ? nil : PenaltySteps(weightPenalties, network.parameters, rule)
    regions = network.regions(
      of: (clipping?.stages ?? []) + (penalties?.gradientStages ?? []) + optimizer.stages
        + (penalties?.proximalStages ?? []))
  }

  /// Updates the parameters.
  /// - Parameters:
  ///   - learningRate: before the multipliers of parameters.
  ///   - moment: the epoch, on which penalties may depend.
  func run(learningRate: Double, moment: TrainingMoment) {
    optimizer.learningRate = learningRate
    penalties?.prepare(moment, learningRate: learningRate)
    network.run(regions)
  }

  /// What a checkpoint must hold beside the parameters.
  var buffers: [NamedArray] { optimizer.buffers }
}

extension Network {
  /// What decides the network's answers, in the order in which a hash of the weights reads it: the
  /// parameters, then the running statistics.
  var arrays: [NamedArray] {
    parameters.map { NamedArray(name: $0.spec.name, values: $0.values) }
      + statistics.map { NamedArray(name: $0.spec.name, values: $0.values) }
  }
}

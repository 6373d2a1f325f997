import Model

/// What happens to a network's parameters once their gradients are there: clipping, penalties, the
/// optimizer's step, proximal steps. Where nothing depends on all gradients or weights together, layers
/// that can update their weights right behind the gradient.
final class ParameterUpdate {
  private let network: Network
  private let optimizer: any OptimizerState
  private let clipping: GradientClipping?
  private let penalties: PenaltySteps?
  private let regions: [Region]
  private let early: Early?

  /// An update that begins while the network goes backward.
  private struct Early {
    let beginning: [Region]
    let weights: WeightUpdate
    /// The parameters that no layer updates.
    let rest: [Region]
    /// Of weights that layers update, and of the rest.
    let penalties: [PenaltySteps]
  }

  /// With fresh optimizer state.
  /// - Parameter clipping: the largest norm of all gradients together, or nil for no limit.
  init(_ network: Network, _ rule: Optimizer, clipping limit: Double?) {
    self.network = network
    let optimizer = rule.state(network.parameters)
    self.optimizer = optimizer
    clipping = limit.map { GradientClipping(limit: $0, network.parameters) }
    let weightPenalties = network.spec.penalties
    func steps(_ parameters: [Parameter]) -> PenaltySteps? {
      weightPenalties.isEmpty ? nil : PenaltySteps(weightPenalties, parameters, rule)
    }
    let penalties = steps(network.parameters)
    self.penalties = penalties
    regions = network.regions(
      of: (clipping?.stages ?? []) + (penalties?.gradientStages ?? []) + optimizer.stages
        + (penalties?.proximalStages ?? []))
    let updated = Set(network.updatedBackward.map(\.base))
    guard clipping == nil, !updated.isEmpty, penalties?.looksAtWeights != true else {
      early = nil
      return
    }
    let own = steps(network.parameters.filter { updated.contains($0.base) })
    let others = steps(network.parameters.filter { !updated.contains($0.base) })
    let blocks = optimizer.blocks.filter {
      !updated.contains(network.parameters[$0.parameter].base)
    }
    early = Early(
      beginning: network.regions(of: optimizer.beginning),
      weights: WeightUpdate(optimizer, network.parameters, penalties: own, rule),
      rest: network.regions(
        of: (others?.gradientStages ?? []) + optimizer.stages(of: blocks)
          + (others?.proximalStages ?? [])),
      penalties: [own, others].compactMap { $0 })
  }

  /// Updates the parameters from their gradients.
  /// - Parameters:
  ///   - learningRate: before the multipliers of parameters.
  ///   - moment: the epoch, on which penalties may depend.
  func run(learningRate: Double, moment: TrainingMoment) {
    optimizer.learningRate = learningRate
    penalties?.prepare(moment, learningRate: learningRate)
    network.run(regions)
  }

  /// Goes backward through the network and updates the parameters, to the same bits as one after the
  /// other.
  /// - Parameter observe: looks at all gradients in between.
  func runBackward(
    learningRate: Double, moment: TrainingMoment, observe: ((TrainingMoment) -> Void)?
  ) {
    guard let early, observe == nil else {
      network.backward()
      observe?(moment)
      return run(learningRate: learningRate, moment: moment)
    }
    optimizer.learningRate = learningRate
    for steps in early.penalties { steps.prepare(moment, learningRate: learningRate) }
    network.run(early.beginning)
    network.pass.weightUpdate = early.weights
    network.backward()
    network.pass.weightUpdate = nil
    network.run(early.rest)
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

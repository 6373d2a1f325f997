import Model

/// The update of weights by the layer that computes their gradient, block by block while that is in the
/// cache: the gradient is never written to memory.
final class WeightUpdate {
  private let optimizer: any OptimizerState
  private let parameters: [Parameter]
  /// Of these weights; none may look at all weights together.
  private let penalties: PenaltySteps?
  /// By parameter.
  private let rateFactors: [Double]

  /// - Parameter parameters: all of the network, as the optimizer numbers them.
  init(
    _ optimizer: any OptimizerState, _ parameters: [Parameter], penalties: PenaltySteps?,
    _ rule: Optimizer
  ) {
    self.optimizer = optimizer
    self.parameters = parameters
    self.penalties = penalties
    rateFactors = parameters.map { rule.rateFactor(for: $0.spec) }
  }

  /// Updates `count` weights of a parameter from `start` on.
  /// - Parameter weights: where the parameter begins.
  func update(
    _ weights: UnsafeMutablePointer<Float>, start: Int, count: Int,
    gradient: UnsafeMutablePointer<Float>
  ) {
    guard let index = parameters.firstIndex(where: { $0.base == weights }) else {
      preconditionFailure("weights of another network")
    }
    let block = ParameterBlock(
      parameter: index, start: start, count: count, values: weights + start, gradient: gradient)
    penalties?.addGradient(block)
    optimizer.update(block)
    penalties?.shrink(block, rateFactor: rateFactors[index])
  }
}

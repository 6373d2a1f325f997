import Model

/// The update of weights by the layer that computes their gradient, block by block while that is in the
/// cache: the gradient is never written to memory.
final class WeightUpdate {
  private let optimizer: any OptimizerState
  private let parameters: [Parameter]

  init(_ optimizer: any OptimizerState, _ parameters: [Parameter]) {
    self.optimizer = optimizer
    self.parameters = parameters
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
    optimizer.update(
      ParameterBlock(
        parameter: index, start: start, count: count, values: weights + start, gradient: gradient))
  }
}

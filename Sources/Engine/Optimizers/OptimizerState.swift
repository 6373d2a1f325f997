import Model

/// What an optimizer keeps for the parameters of a network, and the stages of its update.
protocol OptimizerState: AnyObject {
  /// The learning rate of the next update.
  var learningRate: Double { get set }
  /// All parameters, cut.
  var blocks: [ParameterBlock] { get }
  /// To be done before the first block of an update.
  var beginning: [Stage] { get }
  /// Updates a run of one parameter from its gradient, which may lie outside the parameter's own.
  func update(_ block: ParameterBlock)
  /// What a checkpoint must hold beside the parameters.
  var buffers: [NamedArray] { get }
}

extension OptimizerState {
  /// Updates all parameters from their gradients. Parts are blocks of parameters, whatever the
  /// number of threads.
  var stages: [Stage] { beginning + stages(of: blocks) }

  /// Updates some parameters from their gradients.
  func stages(of blocks: [ParameterBlock]) -> [Stage] {
    [
      Stage(.blocks(blocks.count)) { [unowned self] part, _ in
        // Backwards: the gradients written last are still in the cache.
        update(blocks[blocks.count - 1 - part.index])
      }
    ]
  }
}

extension Optimizer {
  /// Fresh state for the parameters.
  func state(_ parameters: [Parameter]) -> any OptimizerState {
    switch self {
    case .sgd(let sgd): SGDState(sgd, parameters)
    case .adam(let adam): AdamState(adam, parameters)
    }
  }
}

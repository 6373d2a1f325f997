import Model

/// What an optimizer keeps for the parameters of a network, and the stages of its update.
protocol OptimizerState: AnyObject {
  /// The learning rate of the next update.
  var learningRate: Double { get set }
  /// Updates all parameters from their gradients. Parts are blocks of parameters, whatever the
  /// number of threads.
  var stages: [Stage] { get }
  /// What a checkpoint must hold beside the parameters.
  var buffers: [NamedArray] { get }
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

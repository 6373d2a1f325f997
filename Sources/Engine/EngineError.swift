import Model

/// Why a network cannot be compiled.
package enum EngineError: Error, Equatable, Sendable {
  /// A layer does not fit the shape that comes in.
  case shape(ShapeError)
  /// The capacity is not at least 1.
  case capacity(Int)
  /// A network without layers computes nothing.
  case empty(network: String)

  /// One sentence without a full stop.
  package var message: String {
    switch self {
    case .shape(let error): "layer \"\(error.layer)\": \(error.message)"
    case .capacity(let capacity): "a batch holds at least one image, not \(capacity)"
    case .empty(let network): "the network \"\(network)\" has no layers"
    }
  }
}

import Model

/// Why a network cannot be compiled.
public enum EngineError: Error, Equatable, Sendable {
  /// A layer does not fit the shape that comes in.
  case shape(ShapeError)
  /// The capacity is not at least 1.
  case capacity(Int)
  /// The engine has no such layer.
  case unsupported(layer: String)
  /// A network without layers computes nothing.
  case empty(network: String)

  /// One sentence without a full stop.
  public var message: String {
    switch self {
    case .shape(let error): "layer \"\(error.layer)\": \(error.message)"
    case .capacity(let capacity): "a batch holds at least one image, not \(capacity)"
    case .unsupported(let layer): "the engine cannot compute the layer \"\(layer)\""
    case .empty(let network): "the network \"\(network)\" has no layers"
    }
  }
}

import Canonical
import Model

/// Why a network cannot be compiled.
package enum EngineError: ReportedError, Equatable {
  /// A layer does not fit the shape that comes in.
  case shape(ShapeError)
  /// The capacity is not at least 1.
  case capacity(Int)
  /// A network without layers computes nothing.
  case empty(network: String)
  /// Matrices cannot be multiplied.
  case openBLAS(String)

  package var kind: ErrorKind {
    switch self {
    case .shape, .capacity, .empty: .usage
    case .openBLAS: .unavailable
    }
  }
  package var advice: String? { nil }

  package var message: String {
    switch self {
    case .shape(let error): error.message
    case .capacity(let capacity): "a batch holds at least one image, not \(capacity)"
    case .openBLAS(let reason): reason
    case .empty(let network): "the network \"\(network)\" has no layers"
    }
  }
}

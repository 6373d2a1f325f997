import Canonical

/// Why a layer cannot stand where it stands.
package struct ShapeError: ReportedError, Equatable {
  /// The layer's name in the network.
  package var layer: String
  /// Why, in one sentence without a full stop.
  package var problem: String

  package init(layer: String, _ problem: String) {
    self.layer = layer
    self.problem = problem
  }

  package var kind: ErrorKind { .usage }
  package var message: String { "layer \"\(layer)\": \(problem)" }
  package var advice: String? { nil }
}

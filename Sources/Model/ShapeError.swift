/// Why a layer cannot stand where it stands.
package struct ShapeError: Error, Equatable, Sendable {
  /// The layer's name in the network.
  package var layer: String
  /// One sentence without a full stop.
  package var message: String

  /// Names the layer and the reason.
  package init(layer: String, _ message: String) {
    self.layer = layer
    self.message = message
  }
}

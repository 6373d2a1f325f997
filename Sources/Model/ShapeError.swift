/// Why a layer cannot stand where it stands.
public struct ShapeError: Error, Equatable, Sendable {
  /// The layer's name in the network.
  public var layer: String
  /// One sentence without a full stop.
  public var message: String

  /// Names the layer and the reason.
  public init(layer: String, _ message: String) {
    self.layer = layer
    self.message = message
  }
}

import Canonical

/// Turns the image about its centre by an angle that is uniform in ± `degrees`; each pixel takes the
/// nearest one.
public struct Rotation: DataTransform, Hashable {
  /// The name in configs.
  public static let name = "rotation"
  /// For listings.
  public static let summary = "images are turned by a random angle"
  /// For listings.
  public static let example: any Regularizer = Rotation(degrees: 15)

  /// The largest angle.
  public var degrees: Double
  /// What stands in the corners.
  public var fill: Fill

  /// Turns by up to this angle.
  public init(degrees: Double, fill: Fill = .zero) {
    self.degrees = degrees
    self.fill = fill
  }

  /// Reads its keys.
  public init(reading reader: ObjectReader) {
    degrees = reader.double("degrees", in: 0...180)
    fill = reader.choice("fill", default: .zero)
  }

  /// The canonical form.
  public var json: JSONValue {
    .object([
      "name": .string(Self.name), "degrees": .number(degrees), "fill": .string(fill.rawValue),
    ])
  }

  /// Why it cannot act on images of this shape, or nil.
  public func problem(on shape: FeatureShape) -> String? { nil }
}

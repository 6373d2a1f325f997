import Canonical

/// Multiplies all pixels of an image by one factor, uniform in 1 − most … 1 + most; what leaves 0 to
/// 255 is clipped.
public struct Brightness: DataTransform, Hashable {
  /// The name in configs.
  public static let name = "brightness"
  /// For listings.
  public static let summary = "images become brighter or darker by a random factor"
  /// For listings.
  public static let example: any Regularizer = Brightness(most: 0.2)

  /// The largest change of the factor.
  public var most: Double

  /// Changes the brightness by up to this share.
  public init(most: Double) { self.most = most }

  /// Reads its keys.
  public init(reading reader: ObjectReader) { most = reader.double("most", in: 0...1) }

  /// The canonical form.
  public var json: JSONValue {
    .object(["name": .string(Self.name), "most": .number(most)])
  }

  /// Why it cannot act on images of this shape, or nil.
  public func problem(on shape: FeatureShape) -> String? { nil }
}

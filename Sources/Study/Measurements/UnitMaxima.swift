import Canonical
import Model

/// The largest weight that each input unit of a layer has to any output (Kang, Li, Tao: Shakeout,
/// Figure 9): near 0 for a unit that the layer does without.
public struct UnitMaxima: Measurement, Hashable {
  /// `unitMaxima`.
  public static let name = "unitMaxima"
  /// For listings.
  public static let summary =
    "for each input unit (channel, in a convolution) of a layer the largest magnitude of its weights. "
    + "By default of the layer that noise masks"
  /// For listings.
  public static let curves =
    "each parameter's name: largest magnitude against the input unit's number (a map's units in the "
    + "order row, column, channel)"
  /// For listings.
  public static let example: any Measurement = UnitMaxima()

  /// Which parameters.
  public var parameters: MeasuredParameters

  /// The maxima of some parameters.
  public init(_ parameters: MeasuredParameters = .init()) { self.parameters = parameters }

  /// Reads `parameter`.
  public init(reading reader: ObjectReader) { self.init(MeasuredParameters(reading: reader)) }

  /// The canonical form.
  public var json: JSONValue {
    .object([.init("name", .string(Self.name)), parameters.member])
  }

  /// Needs a network with such weights.
  public func check(_ cell: MeasuredCell) throws(MeasurementMisfit) { _ = try names(in: cell) }

  /// The parameters that are looked at.
  public func names(in cell: MeasuredCell) throws(MeasurementMisfit) -> [String] {
    try cell.needsOneNetwork(Self.name)
    return try parameters.chosen(
      among: cell.weights, default: cell.maskedWeights, of: cell.network)
  }
}

import Canonical
import Model

/// What a regression network answers along the axis (Liang, Khoo, Yang: Drop-Activation, Figure 3). The
/// task gives the series.
public struct Predictions: Measurement, Hashable {
  /// `predictions`.
  public static let name = "predictions"
  /// For listings.
  public static let summary = "what a regression network answers, beside its target and its data"
  /// For listings.
  public static let curves = "`training`, `target`, `prediction`: y against x"
  /// For listings.
  public static let example: any Measurement = Predictions()

  /// The predictions.
  public init() {}

  /// Reads no keys.
  public init(reading reader: ObjectReader) {}

  /// The canonical form.
  public var json: JSONValue { .object(["name": .string(Self.name)]) }

  /// Needs the task of that kind.
  public func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    guard cell.spec.task.rawValue != "regression" else { return }
    throw MeasurementMisfit(
      "only a regression has a curve of predictions, and the task is \"\(cell.spec.task.rawValue)\""
    )
  }
}

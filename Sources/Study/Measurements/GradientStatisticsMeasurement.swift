import Canonical
import Model

/// How large gradients, weights and penalties are in each epoch (Park, Ho, Chang: Delayed Strong
/// Regularization, Figures 2 and 5).
public struct GradientStatisticsMeasurement: Measurement, Hashable {
  /// `gradientStatistics`.
  public static let name = "gradientStatistics"
  /// For listings.
  public static let summary =
    "means over all weights (no biases) and the updates of an epoch; what penalties do is that of "
    + "`l1` and `l2`, not of an optimizer's own decay"
  /// For listings.
  public static let curves =
    "`gradient`, the mean of |∂L/∂w|; `weight`, that of |w|; `gradient_share` = |∂L/∂w|/(|∂L/∂w| + "
    + "λ|∂Ω/∂w|), from the two means; against epochs done"
  /// For listings.
  public static let example: any Measurement = GradientStatisticsMeasurement()

  /// The statistics.
  public init() {}

  /// Reads no keys.
  public init(reading reader: ObjectReader) {}

  /// The canonical form.
  public var json: JSONValue { .object(["name": .string(Self.name)]) }

  /// Needs a network.
  public func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    try cell.needsOneNetwork(Self.name)
  }
}

/// How far from a published mean a result may lie and still reproduce it.
public struct VerdictMargin: Sendable, Equatable {
  /// What the fraction is taken of.
  public enum Base: String, CaseIterable, Sendable {
    /// The published mean: right for errors.
    case mean
    /// 100 minus the published mean: right for accuracies in percent, whose tenth would excuse
    /// anything.
    case complement = "100 - mean"
  }

  /// Multiples of the published spread.
  public var spreads: Double
  /// Share of the base.
  public var fraction: Double
  /// What the share is taken of.
  public var base: Base

  /// The margin where a table has none of its own: twice the published spread or a tenth of the
  /// published mean, whichever is larger.
  public static let standard = VerdictMargin(spreads: 2, fraction: 0.1, base: .mean)

  /// The margin around a published mean and spread, in the unit of the mean.
  public func width(mean: Double, spread: Double?) -> Double {
    let whole =
      switch base {
      case .mean: abs(mean)
      case .complement: abs(100 - mean)
      }
    return max(spreads * (spread ?? 0), fraction * whole)
  }
}

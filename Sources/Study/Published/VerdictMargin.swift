/// How far from a published mean a result may lie and still reproduce it.
package struct VerdictMargin: Sendable, Equatable {
  /// What the fraction is taken of.
  package enum Base: String, CaseIterable, Sendable {
    /// The published mean: right for errors.
    case mean
    /// 100 minus the published mean: right for accuracies in percent, whose tenth would excuse
    /// anything.
    case complement = "100 - mean"
  }

  /// Multiples of the published spread.
  package var spreads: Double
  /// Share of the base.
  package var fraction: Double
  /// What the share is taken of.
  package var base: Base

  /// The margin where a table has none of its own: twice the published spread or a tenth of the
  /// published mean, whichever is larger.
  package static let standard = VerdictMargin(spreads: 2, fraction: 0.1, base: .mean)

  /// The margin around a published mean and spread, in the unit of the mean.
  package func width(mean: Double, spread: Double?) -> Double {
    let whole =
      switch base {
      case .mean: abs(mean)
      case .complement: abs(100 - mean)
      }
    return max(spreads * (spread ?? 0), fraction * whole)
  }
}

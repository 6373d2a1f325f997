import Canonical
import Model

/// How large gradients, weights and penalties are in each epoch (Park, Ho, Chang: Delayed Strong
/// Regularization, Figures 2 and 5).
package struct GradientStatistics: Measurement, Hashable {
  package static let name = "gradientStatistics"
  package static let summary =
    "means over all weights (no biases) and the updates of an epoch; what penalties do is that of "
    + "`l1` and `l2`, not of an optimizer's own decay"
  package static let curves =
    "`gradient`, the mean of |∂L/∂w|; `weight`, that of |w|; `gradient_share` = |∂L/∂w|/(|∂L/∂w| + "
    + "λ|∂Ω/∂w|), from the two means; against epochs done"
  package static let figures = [
    FigureKind(
      name: name, heading: "Gradients and weights",
      explanation:
        "Mean sizes over all regularized weights, per epoch; means over trials, with their range.",
      series: name,
      drawing: .curves(
        CurveStyle(
          x: "epoch",
          y: { Curve(rawValue: $0)?.quantity ?? $0 },
          heading: { Curve(rawValue: $0)?.heading ?? $0 },
          logarithmicAbove: 30)))
  ]

  /// What it records, by the names in the series.
  package enum Curve: String, Sendable {
    case gradient
    case weight
    case gradientShare = "gradient_share"

    fileprivate var quantity: String {
      switch self {
      case .gradient: "mean |∂L/∂w|"
      case .weight: "mean |w|"
      case .gradientShare: "share of the data's gradient (0 to 1)"
      }
    }

    fileprivate var heading: String {
      switch self {
      case .gradient: "Size of gradients"
      case .weight: "Size of weights"
      case .gradientShare: "Gradient of the loss beside the penalty's"
      }
    }
  }

  package static let example: any Measurement = GradientStatistics()

  package init() {}

  package static let blank = GradientStatistics()
  package static let fields: [Field<GradientStatistics>] = []

  /// Needs a network.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    try cell.needsOneNetwork(Self.name)
  }
}

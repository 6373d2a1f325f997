import Canonical
import Model

/// How accuracy falls when a parameter's smallest weights are set to 0 (Kang, Li, Tao: Shakeout, Figure
/// 10).
package struct PruningCurve: Measurement, Hashable {
  package static let name = "pruningCurve"
  package static let summary =
    "the relative accuracy loss (acc(0) − acc(m))/acc(0) on the test images after the fraction m of "
    + "a parameter's smallest weights is set to 0: 51 passes over them for each parameter. By default "
    + "of the layer that noise masks"
  package static let curves =
    "each parameter's name: relative accuracy loss against m from 0 to 1 in steps of 0.02"
  package static let figures = [
    FigureKind(
      name: name, heading: "Pruning",
      explanation:
        "What accuracy is lost, relative to that of the whole network, when the given share of the "
        + "smallest weights is set to 0; means over trials, with the range of the trials as a band.",
      series: name,
      drawing: .curves(
        CurveStyle(
          x: "smallest weights set to 0 (%)", y: { _ in "relative accuracy loss (%)" },
          heading: { "Pruning \($0)" }, factors: (100, 100), includes: [0])))
  ]
  package static let example: any Measurement = PruningCurve()

  package var parameters: MeasuredParameters

  /// The curves of some parameters.
  package init(_ parameters: MeasuredParameters = .init()) { self.parameters = parameters }

  package static let blank = PruningCurve()
  package static let fields: [Field<PruningCurve>] = [
    .texts("parameter", \.parameters.names, .optional, "the weights that are pruned")
  ]

  /// Needs a classifier with such weights.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) { _ = try names(in: cell) }

  /// The parameters that are pruned.
  package func names(in cell: MeasuredCell) throws(MeasurementMisfit) -> [String] {
    try cell.needsOneNetwork(Self.name)
    guard cell.spec.task == .classification else {
      throw MeasurementMisfit("only classifiers have an accuracy that pruning could lower")
    }
    return try parameters.chosen(
      among: cell.weights, default: cell.maskedWeights, of: cell.network)
  }
}

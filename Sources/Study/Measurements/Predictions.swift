import Canonical
import Model

/// What a regression network answers along the axis (Liang, Khoo, Yang: Drop-Activation, Figure 3). The
/// task gives the series.
package struct Predictions: Measurement, Hashable {
  package static let name = "predictions"
  package static let summary = "what a regression network answers, beside its target and its data"
  package static let curves = "`training`, `target`, `prediction`: y against x"
  package static let figures = [
    FigureKind(
      name: "regressionFit", heading: "Regression",
      explanation:
        "The points that were trained on, the function behind them, and what the networks of the "
        + "first trial make of them.", series: name, drawing: .regressionFit)
  ]
  package static let example: any Measurement = Predictions()

  /// The predictions.
  package init() {}

  package static let blank = Predictions()
  package static let fields: [Field<Predictions>] = []

  /// Needs the task of that kind.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    guard cell.spec.task != .regression else { return }
    throw MeasurementMisfit(
      "only a regression has a curve of predictions, and the task is \"\(cell.spec.task.rawValue)\""
    )
  }
}

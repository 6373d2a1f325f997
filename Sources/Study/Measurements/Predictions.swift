import Canonical
import Model

/// What a regression network answers along the axis (Liang, Khoo, Yang: Drop-Activation, Figure 3). The
/// task gives the series.
package struct Predictions: Measurement, Hashable {
  package static let name = "predictions"
  package static let summary = "what a regression network answers, beside its target and its data"
  package static let curves = "`training`, `target`, `prediction`: y against x"

  /// The curves of the series.
  package enum Curve: String {
    /// The points that were trained on.
    case training
    /// The function behind them.
    case target
    /// What the network gives.
    case prediction
  }

  package static let figures = [
    FigureKind(
      name: "regressionFit", heading: "Regression",
      explanation:
        "The points that were trained on, the function behind them, and what the networks of the "
        + "first trial make of them.", series: name, drawing: .charts(charts))
  ]

  /// Points, the function behind them, and the networks' functions, of the first trial.
  private static let charts: @Sendable (StudySeries) -> [(axes: [AxisValue], chart: Chart)] = {
    series in
    series.combinations.map { axes in
      let arms = series.arms(at: axes)
      let runs = arms.flatMap(\.runs)
      let first = runs.map(\.trial).min() ?? 1
      func points(_ run: SeriesRun, _ curve: Curve) -> [Chart.Point] {
        run.series.points.filter { $0.curve == curve.rawValue }.sorted { $0.x < $1.x }
          .map { Chart.Point($0.x, $0.y) }
      }
      var layers = arms.flatMap { arm in
        arm.runs.filter { $0.trial == first }.map { run in
          Chart.Layer(
            name: arm.arm, index: arm.index + 1, form: .line, points: points(run, .prediction))
        }
      }
      // Trials share data, so any arm's points are those of all.
      if let any = runs.first(where: { $0.trial == first }) {
        layers.insert(
          Chart.Layer(
            name: "function", index: 0, form: .line, isPublished: true,
            points: points(any, .target)), at: 0)
        layers.append(
          Chart.Layer(
            name: "training points", index: 0, form: .marks, points: points(any, .training)))
      }
      return (
        axes,
        Chart(
          title: "Regression", x: ChartAxis(label: "x"), y: ChartAxis(label: "y"),
          layers: layers, notes: ["Trial \(first)."])
      )
    }
  }

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

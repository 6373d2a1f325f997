import Canonical
import Model

/// A cell that computes a formula of a paper.
package struct FormulaSpec: TaskKind {
  package static let figures = [effectiveWeight, regularizerCurve, regularizerContour, shiftRatio]

  package private(set) var theory = TheorySpec.blank

  package static let blank = FormulaSpec()
  package static let fields: [Field<FormulaSpec>] = [
    .object(
      "theory", \.theory, .required, "what is computed where nothing is trained",
      schema: Schema.reference("theory"))
  ]

  package var setup: TrainingSetup? { nil }

  /// The formula's own, whatever the data.
  package func network(on facts: DatasetFacts) -> NetworkSpec { theory.network }

  package var tableMetrics: [Metric] {
    switch theory.name {
    case .effectiveWeight: [.reversedWeight]
    case .regularizerCurve:
      [.bound, .largestRegularizer, .equation7Error]
    case .regularizerContour:
      [.largestRegularizer, .equation7Error]
    case .shiftRatio: [.shiftRatio]
    }
  }

  package func check(_ check: CellCheck) {
    if let conflict = theory.conflict(check.spec.regularizers) {
      check.addConflict(conflict.regularizer, conflict.problem)
      return
    }
    do throws(RegularizerConflict) {
      _ = try theory.network.attaching(check.spec.regularizers)
    } catch {
      check.addConflict(error.regularizer, error.problem)
    }
  }
}

// Each formula has a series of its name, and a figure that is drawn of it.
extension FormulaSpec {
  private static let effectiveWeight = FigureKind(
    name: TheorySpec.Name.effectiveWeight.rawValue, heading: "Effective weights",
    explanation: "The weight that an input has where it is reversed, and where it is enhanced.",
    series: TheorySpec.Name.effectiveWeight.rawValue,
    drawing: .curves(
      CurveStyle(
        x: "weight w", y: { _ in "effective weight" }, heading: { _ in "Effective weights" },
        form: .line, joinsCurves: true)))

  private static let regularizerCurve = FigureKind(
    name: TheorySpec.Name.regularizerCurve.rawValue, heading: "Regularizer of one weight",
    explanation: "The regularizer as a function of one weight.",
    series: TheorySpec.Name.regularizerCurve.rawValue,
    drawing: .curves(
      CurveStyle(
        x: "weight w", y: { _ in "regularizer π(w)" },
        heading: { _ in "Regularizer of one weight" }, form: .line, includes: [0],
        joinsCurves: true)))

  private static let regularizerContour = FigureKind(
    name: TheorySpec.Name.regularizerContour.rawValue, heading: "Regularizer of two weights",
    explanation:
      "The regularizer of two weights in levels, with their values on the lines between them and "
      + "on the scale below.",
    series: TheorySpec.Name.regularizerContour.rawValue, drawing: .regularizerContour)

  /// The curves of the shift of the variance.
  package enum ShiftCurve: String {
    /// By the formula.
    case theory
    /// On random numbers.
    case measured
  }

  /// Drop-Activation, Eq. 15: formula and measurement, with the printed value.
  private static let shiftRatio = FigureKind(
    name: TheorySpec.Name.shiftRatio.rawValue, heading: "Shift of the variance by keep probability",
    explanation:
      "Variance of a unit's output in evaluation divided by that in training: the formula, and what "
      + "was measured.", series: TheorySpec.Name.shiftRatio.rawValue,
    drawing: .charts { series in
      let ours = [
        Chart.Layer(
          name: "Eq. 15", index: 1, form: .line,
          points: CurveMeans(series.runs, curve: ShiftCurve.theory.rawValue).points),
        Chart.Layer(
          name: "measured", index: 2, form: .marks,
          points: CurveMeans(series.runs, curve: ShiftCurve.measured.rawValue).points),
      ]
      let printed = PublishedNumbers.embedded.cells.filter {
        $0.paper == "drop_activation" && $0.table == "eq15"
      }.compactMap(\.mean).map { value in
        Chart.Layer(
          name: "printed, at p = 0.95", index: 3, form: .marks, isPublished: true,
          points: [Chart.Point(0.95, value)])
      }
      let chart = Chart(
        title: "Shift of the variance", x: ChartAxis(label: "keep probability p"),
        y: ChartAxis(label: "Var(evaluation) / Var(training)"), layers: ours + printed,
        guides: [(1, "no shift")])
      return [([], chart)]
    })
}

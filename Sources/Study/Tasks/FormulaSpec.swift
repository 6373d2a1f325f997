import Canonical
import Model

/// A cell that computes a formula of a paper.
package struct FormulaSpec: TaskKind {
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

import Canonical
import Model

/// A cell that computes a formula of a paper.
package struct FormulaSpec: TaskKind {
  package static let keys = ["theory"]

  package let theory: TheorySpec

  package init(reading reader: ObjectReader) {
    theory = reader.object("theory") { TheorySpec(reading: $0) }
  }

  package var members: [JSONValue.Member] { [.init("theory", theory.json)] }

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

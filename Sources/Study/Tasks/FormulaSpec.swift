import Canonical
import Model

/// A cell that computes a formula of a paper.
package struct FormulaSpec: TaskKind {
  package static let task = LearningTask.theory
  package static let keys = ["theory"]

  package let theory: TheorySpec

  package init(reading reader: ObjectReader) {
    theory = reader.object("theory") { TheorySpec(reading: $0) }
  }

  package var members: [JSONValue.Member] { [.init("theory", theory.json)] }

  package var work: Work { .theory(self) }

  package var setup: TrainingSetup? { nil }

  /// The formula's own, whatever the data.
  package func network(on facts: DatasetFacts) -> NetworkSpec { theory.network }

  package var tableMeasures: [TableMeasure] {
    switch theory {
    case .effectiveWeight: [TableMeasure("reversed_weight", unit: "ratio")]
    case .regularizerCurve:
      [
        TableMeasure("bound", unit: "nats"), TableMeasure("largest_regularizer", unit: "nats"),
        TableMeasure("equation_7_error", unit: "nats"),
      ]
    case .regularizerContour:
      [
        TableMeasure("largest_regularizer", unit: "nats"),
        TableMeasure("equation_7_error", unit: "nats"),
      ]
    case .shiftRatio: [TableMeasure("shift_ratio", unit: "ratio")]
    }
  }

  package func check(_ check: CellCheck) {
    if let conflict = theory.conflict(check.spec.regularizers) {
      check.addConflict(conflict.regularizer, conflict.message)
      return
    }
    do throws(RegularizerConflict) {
      _ = try theory.network.attaching(check.spec.regularizers)
    } catch {
      check.addConflict(error.regularizer, error.message)
    }
  }
}

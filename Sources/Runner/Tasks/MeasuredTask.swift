import Datasets
import Engine
import Model
import Study

/// Takes the measurements of a cell around another task, whose bits it does not change.
final class MeasuredTask: Task {
  private let task: any Task
  private let recorders: [any MeasurementRecorder]

  /// - Parameters:
  ///   - task: with the procedures around it.
  ///   - subject: the task inside of them.
  /// - Throws: `MeasurementMisfit`, `RunnerError` where something cannot be measured.
  init(_ task: any Task, around subject: any Task, _ cell: MeasuredCell) throws {
    self.task = task
    let run = MeasuredRun(
      cell: cell, subject: subject as? any NetworkTask,
      scale: EpochScale(
        updatesPerEpoch: max(1, cell.setup.updatesPerEpoch(cell.facts)),
        totalUpdates: task.totalUpdates))
    recorders = try MeasurementRegistry.kinds.taken(cell.setup.measurements).map { measurement in
      try measurement.check(cell)
      return try measurement.recorder(of: run)
    }
  }

  var totalUpdates: Int { task.totalUpdates }
  var imagesPerUpdate: Int { task.imagesPerUpdate }
  var weights: [NamedArray] { task.weights }
  var state: TaskState { recorders.reduce(task.state) { $0 + $1.state } }

  func evaluationIsDue(after update: Int) -> Bool { task.evaluationIsDue(after: update) }

  func hasEnded(after update: Int) -> Bool { task.hasEnded(after: update) }

  func step(_ update: Int) -> Double {
    for recorder in recorders { recorder.begin(update: update) }
    let loss = task.step(update)
    for recorder in recorders { recorder.finished(update: update + 1) }
    return loss
  }

  func evaluate(after update: Int) -> Evaluation {
    var evaluation = task.evaluate(after: update)
    evaluation.measures += recorders.flatMap { $0.evaluate() }
    return evaluation
  }

  func series() throws -> [Series] { try task.series() }

  /// The task's own series, then what is measured.
  func measure(_ training: FinishedTraining) throws -> FinalMeasurement {
    var found = try task.measure(training)
    for recorder in recorders {
      let measured = try recorder.measure(training)
      found.series += measured.series
      found.measures += measured.measures
    }
    return found
  }
}

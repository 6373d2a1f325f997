import Engine
import Model
import Study

/// Ends another task's training when its validation loss has not fallen for a while, and restores the
/// weights of the lowest.
final class EarlyStoppingTask: Task {
  private let task: any Task
  private let patience: Int
  /// The weights of the lowest validation loss, in the order of the task's.
  private let best: [UnsafeMutableBufferPointer<Float>]
  private let lowestLoss = NamedNumbers("earlyStopping.lowestLoss", .infinity)
  private let evaluationsSince = NamedNumbers("earlyStopping.evaluationsSince", 0)
  /// 1 once training has ended.
  private let ended = NamedNumbers("earlyStopping.ended", 0)

  /// Wraps a task that measures a validation loss.
  init(_ task: any Task, patience: Int) {
    self.task = task
    self.patience = patience
    best = task.weights.map { array in
      let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: array.values.count)
      _ = copy.initialize(from: array.values)
      return copy
    }
  }

  deinit {
    for copy in best { copy.deallocate() }
  }

  var totalUpdates: Int { task.totalUpdates }
  var imagesPerUpdate: Int { task.imagesPerUpdate }

  func evaluationIsDue(after update: Int) -> Bool { task.evaluationIsDue(after: update) }

  func hasEnded(after update: Int) -> Bool { ended.value != 0 || task.hasEnded(after: update) }

  func step(_ update: Int) -> Double { task.step(update) }

  /// Measures the present weights or, where that ends the training, the restored ones.
  func evaluate(after update: Int) -> Evaluation {
    let evaluation = task.evaluate(after: update)
    // Losses are compared in single precision, as results were recorded.
    let loss = Double(Float(evaluation.validationLoss ?? .nan))
    if loss < lowestLoss.value {
      lowestLoss.value = loss
      evaluationsSince.value = 0
      for (copy, array) in zip(best, task.weights) { _ = copy.update(from: array.values) }
    } else {
      evaluationsSince.value += 1
    }
    if Int(evaluationsSince.value) >= patience || task.hasEnded(after: update) { ended.value = 1 }
    guard ended.value != 0, evaluationsSince.value > 0, lowestLoss.value < .infinity else {
      return evaluation
    }
    for (copy, array) in zip(best, task.weights) { _ = array.values.update(from: copy) }
    return task.evaluate(after: update)
  }

  var state: TaskState {
    task.state
      + TaskState(
        arrays: zip(task.weights, best).map { NamedArray(name: "\($0.name).best", values: $1) },
        numbers: [lowestLoss, evaluationsSince, ended])
  }

  var weights: [NamedArray] { task.weights }

  func series() throws -> [Series] { try task.series() }
}

extension EarlyStopping: PerformedProcedure {
  var role: ProcedureRole { .control { EarlyStoppingTask($0, patience: patience) } }
}

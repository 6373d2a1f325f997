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
  /// The lowest loss, evaluations since then, and whether training has ended, as a checkpoint keeps
  /// them. Losses are compared as single-precision numbers.
  private let memory: UnsafeMutableBufferPointer<Float>
  private var update = 0

  /// Wraps a task that measures a validation loss.
  init(_ task: any Task, patience: Int) {
    self.task = task
    self.patience = patience
    best = task.weights.map { array in
      let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: array.values.count)
      _ = copy.initialize(from: array.values)
      return copy
    }
    memory = .allocate(capacity: 3)
    memory.initialize(repeating: 0)
    memory[0] = .infinity
  }

  deinit {
    for copy in best { copy.deallocate() }
    memory.deallocate()
  }

  var totalUpdates: Int { task.totalUpdates }
  var imagesPerUpdate: Int { task.imagesPerUpdate }

  func evaluationIsDue(after update: Int) -> Bool {
    self.update = update
    return task.evaluationIsDue(after: update)
  }

  func hasEnded(after update: Int) -> Bool { memory[2] != 0 || task.hasEnded(after: update) }

  func step(_ update: Int) -> Double { task.step(update) }

  /// Measures the present weights or, where that ends the training, the restored ones.
  func evaluate() -> Evaluation {
    let evaluation = task.evaluate()
    let loss = Float(evaluation.validationLoss ?? .nan)
    if loss < memory[0] {
      memory[0] = loss
      memory[1] = 0
      for (copy, array) in zip(best, task.weights) { _ = copy.update(from: array.values) }
    } else {
      memory[1] += 1
    }
    if Int(memory[1]) >= patience || task.hasEnded(after: update) { memory[2] = 1 }
    guard memory[2] != 0, memory[1] > 0, memory[0] < .infinity else { return evaluation }
    for (copy, array) in zip(best, task.weights) { _ = array.values.update(from: copy) }
    return task.evaluate()
  }

  var state: [NamedArray] {
    task.state
      + zip(task.weights, best).map { NamedArray(name: "\($0.name).best", values: $1) }
      + [NamedArray(name: "earlyStopping", values: memory)]
  }

  var weights: [NamedArray] { task.weights }

  func series() throws -> [Series] { try task.series() }
}

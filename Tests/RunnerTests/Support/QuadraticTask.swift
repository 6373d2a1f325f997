@testable import Engine
@testable import Runner

/// A task small enough to be stopped at each of its updates: two arrays that move by a rule which
/// depends on the update's number and on their own values.
final class QuadraticTask: Task {
  let totalUpdates: Int
  let imagesPerUpdate = 4
  private let every: Int?
  let divergesAt: Int?
  private let values: UnsafeMutableBufferPointer<Float>
  private let velocity: UnsafeMutableBufferPointer<Float>

  init(updates: Int = 12, every: Int? = 5, divergesAt: Int? = nil) {
    totalUpdates = updates
    self.every = every
    self.divergesAt = divergesAt
    values = .allocate(capacity: 5)
    velocity = .allocate(capacity: 5)
    for index in 0..<5 {
      values[index] = Float(index) - 1.3
      velocity[index] = 0
    }
  }

  deinit {
    values.deallocate()
    velocity.deallocate()
  }

  func step(_ update: Int) -> Double {
    var loss = 0.0
    for index in values.indices {
      let target = Float((update * 7 + index * 3) % 11) / 11
      let gradient = values[index] - target
      loss += Double(gradient * gradient)
      velocity[index] = 0.9 * velocity[index] + 0.05 * gradient
      values[index] -= velocity[index]
    }
    if update == divergesAt { values[0] = .nan }
    return update == divergesAt ? .nan : loss
  }

  func evaluationIsDue(after update: Int) -> Bool {
    if update == totalUpdates { return true }
    return update > 0 && every.map { update % $0 == 0 } ?? false
  }

  func evaluate(after update: Int) -> Evaluation {
    // Percentages that go up and down, so that the best is neither the first nor the last.
    let sum = values.reduce(0) { $0 + abs($1.isFinite ? $1 : 9) }
    return Evaluation(validationError: Double(sum) * 10, testError: Double(sum * 7 + values[1]))
  }

  var weights: [NamedArray] { [NamedArray(name: "w", values: values)] }
  var state: TaskState {
    TaskState(arrays: weights + [NamedArray(name: "w.velocity", values: velocity)])
  }
}

/// Stops a training before a given update, and remembers what it heard.
final class StopAt: CellObserver {
  let update: Int?
  var startedAt: Int?
  var checkpoints: [Int] = []
  var failures: [String] = []
  private var asked = 0

  init(_ update: Int? = nil) { self.update = update }

  var stopIsRequested: Bool {
    defer { asked += 1 }
    return update.map { (startedAt ?? 0) + asked >= $0 } ?? false
  }
  func started(update: Int) { startedAt = update }
  func progressed(_ progress: CellProgress) {}
  func evaluated(_ point: CurvePoint) {}
  func checkpointed(update: Int) { checkpoints.append(update) }
  func notSaved(reason: String) { failures.append(reason) }
}

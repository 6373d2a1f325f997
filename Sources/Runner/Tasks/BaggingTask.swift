import Datasets
import Engine
import Model
import Study

/// Trains the members of a bagged ensemble one after the other, each on its bootstrap sample, and
/// evaluates the mean of those that have begun.
final class BaggingTask: Task {
  let totalUpdates: Int
  let imagesPerUpdate: Int
  private let members: [ClassificationTask]
  private let updatesPerMember: Int
  /// How many members have begun, as a checkpoint keeps it.
  private let begun: UnsafeMutableBufferPointer<Float>

  /// Builds the members with their initial weights.
  /// - Throws: what building one of them throws.
  init(
    _ spec: CellSpec, _ setup: TrainingSetup, _ bagging: Bagging, dataset: Dataset, pool: ThreadPool
  ) throws {
    members = try (0..<bagging.members).map {
      try ClassificationTask(spec, setup, dataset: dataset, pool: pool, member: $0)
    }
    updatesPerMember = members[0].totalUpdates
    totalUpdates = members.count * updatesPerMember
    imagesPerUpdate = members[0].imagesPerUpdate
    begun = .allocate(capacity: 1)
    begun.initialize(repeating: 1)
  }

  deinit { begun.deallocate() }

  func step(_ update: Int) -> Double {
    let member = update / updatesPerMember
    begun[0] = Float(member + 1)
    return members[member].step(update % updatesPerMember)
  }

  /// Where the member in training would be evaluated.
  func evaluationIsDue(after update: Int) -> Bool {
    guard update > 0 else { return false }
    return members[0].evaluationIsDue(after: (update - 1) % updatesPerMember + 1)
  }

  func evaluate() -> Evaluation {
    ClassificationTask.evaluate(Array(members[..<Int(begun[0])]))
  }

  var state: [NamedArray] {
    named(\.state) + [NamedArray(name: "bagging.begun", values: begun)]
  }

  var weights: [NamedArray] { named(\.weights) }

  private func named(_ arrays: (ClassificationTask) -> [NamedArray]) -> [NamedArray] {
    members.enumerated().flatMap { number, member in
      arrays(member).map { NamedArray(name: "member\(number).\($0.name)", values: $0.values) }
    }
  }
}

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
  /// How many members have begun.
  private let begun = NamedNumbers("bagging.begun", 1)

  /// Builds the members with their initial weights.
  /// - Throws: what building one of them throws.
  init(
    _ spec: CellSpec, _ setup: TrainingSetup, members count: Int, dataset: Dataset, pool: ThreadPool
  ) throws {
    members = try (0..<count).map {
      try ClassificationTask(spec, setup, dataset: dataset, pool: pool, member: $0)
    }
    updatesPerMember = members[0].totalUpdates
    totalUpdates = members.count * updatesPerMember
    imagesPerUpdate = members[0].imagesPerUpdate
  }

  func step(_ update: Int) -> Double {
    let member = update / updatesPerMember
    begun.value = Double(member + 1)
    return members[member].step(update % updatesPerMember)
  }

  /// Where the member in training would be evaluated.
  func evaluationIsDue(after update: Int) -> Bool {
    guard update > 0 else { return false }
    return members[0].evaluationIsDue(after: (update - 1) % updatesPerMember + 1)
  }

  func evaluate(after update: Int) -> Evaluation {
    ClassificationTask.evaluate(Array(members[..<Int(begun.value)]))
  }

  var state: TaskState {
    members.enumerated().reduce(TaskState(numbers: [begun])) { state, member in
      state + member.element.state.named(Self.prefix(of: member.offset))
    }
  }

  var weights: [NamedArray] {
    members.enumerated().flatMap { number, member in
      TaskState(arrays: member.weights).named(Self.prefix(of: number)).arrays
    }
  }

  /// What the names of a member's arrays begin with.
  static func prefix(of member: Int) -> String { "member\(member)." }
}

extension Bagging: PerformedProcedure {
  var role: ProcedureRole { .ensemble(members: members) }
}

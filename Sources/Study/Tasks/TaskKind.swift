import Canonical
import Model

/// A task as a cell of a config describes it. One file holds one: its keys, what it checks, and what
/// tables show of it.
/// Its fields stand beside those that cells of all tasks have.
package protocol TaskKind: Configurable {
  /// Data, network and recipe; nil where nothing is trained.
  var setup: TrainingSetup? { get }
  /// The network that regularizers attach to, without them.
  func network(on facts: DatasetFacts) -> NetworkSpec
  /// What is drawn of the series that its runs record unasked.
  static var figures: [FigureKind] { get }
  /// What tables show of its runs.
  var tableMetrics: [Metric] { get }
  /// Adds what is wrong with a cell of this kind to the diagnostics.
  func check(_ check: CellCheck)
}

/// A task that trains a network on data.
package protocol TrainedTask: TaskKind {
  var training: TrainingSetup { get set }
  /// In sentences: `an autoencoder`.
  static var learner: String { get }
  /// Whether it learns from images; otherwise from the points of a curve.
  static var learnsFromImages: Bool { get }
  /// Whether its network gives scores of classes, to which loss terms, gradient clipping and most
  /// procedures belong.
  static var isClassifier: Bool { get }
  /// Whether it has a loss on validation images, which early stopping needs.
  static var hasValidationLoss: Bool { get }
  /// What of a network on data of so many classes does not fit the task, or nil.
  func mismatch(_ network: NetworkSpec, classes: Int) -> String?
  /// Adds what the task needs of data and recipe beyond what every training does.
  func checkNeeds(_ facts: DatasetFacts, _ check: CellCheck)
}

extension TrainedTask {
  /// Those of every training, unless a task has more.
  package static var fields: [Field<Self>] { Field.inline(TrainingSetup.fields, \.training) }

  package var setup: TrainingSetup? { training }

  package func network(on facts: DatasetFacts) -> NetworkSpec {
    training.network.network(input: facts.shape, classes: facts.classes)
  }

  package func check(_ check: CellCheck) { check.checkTraining(of: self) }

  /// Whether it has what a procedure needs.
  static func suits(_ need: ProcedureNeed?) -> Bool {
    switch need {
    case .validationLoss: hasValidationLoss
    case .classifier: isClassifier
    case nil: true
    }
  }
}

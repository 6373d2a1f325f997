import Datasets
import Engine
import Model
import Study

/// How cells of one task are run and what they take. One file holds one task.
protocol RunnableTask: TaskKind {
  /// What trains a cell, without the procedures and measurements around it.
  /// - Throws: errors of the split, of shapes, of regularizers and of the engine.
  func make(_ cell: CellSpec, dataset: Dataset, pool: ThreadPool) throws -> any Task
  /// The networks of a cell, regularizers in them, as far as they are known before data are read; nil
  /// for data that are not known.
  /// - Throws: `RegularizerConflict`.
  func networks(_ cell: CellSpec) throws -> [NetworkSpec]?
  /// Nominal operations of a cell: two per multiply-add, three passes per training image, one per
  /// evaluated image; 0 for a cell whose network cannot be built.
  func operations(_ cell: CellSpec) -> Double
  /// Images that go forward through the network in one evaluation.
  func evaluatedImages(_ setup: TrainingSetup, _ facts: DatasetFacts) -> Double
  /// The files of weights that a finished run can leave.
  var keptNetworks: [KeptNetwork] { get }
}

/// A network whose weights are kept.
struct KeptNetwork {
  var network: NetworkChoice
  /// What the names of its arrays begin with among the task's.
  var prefix: String
  /// In the run's folder.
  var fileName: String
}

extension Work {
  var runnable: any RunnableTask {
    switch self {
    case .classification(let spec): spec
    case .autoencoder(let spec): spec
    case .regression(let spec): spec
    case .gan(let spec): spec
    case .theory(let spec): spec
    }
  }
}

extension RunnableTask where Self: TrainedTask {
  func networks(_ cell: CellSpec) throws -> [NetworkSpec]? {
    try training.facts.map { [try cell.networkSpec($0)] }
  }

  func operations(_ cell: CellSpec) -> Double {
    guard let facts = training.facts,
      let multiplyAdds = try? cell.networkSpec(facts).multiplyAdds()
    else { return 0 }
    let images = CellWork(cell, training, facts)
    let work = cell.regularizer(MarginalizedNoise.self)?.relativeWork(of: training.network) ?? 1
    return 2 * Double(multiplyAdds) * (3 * work * images.trained + images.evaluated)
  }

  func evaluatedImages(_ setup: TrainingSetup, _ facts: DatasetFacts) -> Double {
    Double(setup.dataset.validation + facts.test)
  }

  var keptNetworks: [KeptNetwork] {
    [KeptNetwork(network: training.network, prefix: "", fileName: KeptWeights.fileName)]
  }
}

extension CellSpec {
  /// What trains the cell, with the procedures that wrap training around it.
  /// - Throws: errors of the split, of shapes, of regularizers and of the engine.
  func makeTask(dataset: Dataset, pool: ThreadPool) throws -> any Task {
    let inner = try work.runnable.make(self, dataset: dataset, pool: pool)
    let task = CellProcedures(self).controls.reduce(inner) { task, control in control(task) }
    guard let setup, !setup.measurements.isEmpty else { return task }
    return try MeasuredTask(task, around: inner, MeasuredCell(self, setup, dataset.facts))
  }
}

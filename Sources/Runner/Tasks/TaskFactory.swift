import Datasets
import Engine
import Model
import Study

extension CellSpec {
  /// What trains the cell, with the procedures that wrap training around it.
  /// - Throws: errors of the split, of shapes, of regularizers and of the engine.
  func makeTask(dataset: Dataset, pool: ThreadPool) throws -> any Task {
    let inner = try makeInnerTask(dataset: dataset, pool: pool)
    let stopping = regularizer(EarlyStopping.self)
    let task = stopping.map { EarlyStoppingTask(inner, patience: $0.patience) } ?? inner
    guard !measurements.isEmpty else { return task }
    return try MeasuredTask(task, around: inner, self, on: dataset.facts)
  }

  private func makeInnerTask(dataset: Dataset, pool: ThreadPool) throws -> any Task {
    if let bagging = regularizer(Bagging.self) {
      return try BaggingTask(self, bagging, dataset: dataset, pool: pool)
    }
    let task: any Task =
      switch self.task {
      case .classification: try ClassificationTask(self, dataset: dataset, pool: pool)
      case .autoencoder: try AutoencoderTask(self, dataset: dataset, pool: pool)
      case .regression: try RegressionTask(self, facts: dataset.facts, pool: pool)
      case .gan: try GANTask(self, dataset: dataset, pool: pool)
      case .theory: try TheoryTask(self, pool: pool)
      }
    return task
  }
}

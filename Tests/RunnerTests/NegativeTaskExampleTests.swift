import Canonical
import Datasets
import Engine
import Study
import Testing

@testable import Runner

/// The worked example of the documentation does what the page says.
@Suite struct NegativeTaskExampleTests {
  @Test func `it learns, and says what it takes and leaves`() throws {
    let cell = try CellExample.spec(
      reading: """
        {"seed": 1, "trial": 1, "task": "autoencoder", "trainSize": 150,
         "dataset": {"name": "synthetic", "validation": 0, "scale": 0.004,
          "synthetic": {"height": 6, "width": 6, "classes": 4, "training": 200, "test": 120}},
         "network": {"name": "autoencoder", "hidden": 8}, "regularizers": [],
         "training": {"batch": 16, "epochs": 4, "optimizer": {"name": "sgd", "momentum": 0.9},
          "learningRate": {"schedule": "constant", "base": 0.1}}}
        """)
    let spec = NegativeSpec(reading: ObjectReader(cell.json, DiagnosticCollector()))
    let dataset = try DatasetLocator(dataFolder: nil, offline: true)
      .open(spec.training.dataset)
    let task = try spec.make(cell, dataset: dataset, pool: ThreadPool(threads: 1))
    let before = task.evaluate(after: task.totalUpdates).value("reconstruction_loss")
    for update in 0..<task.totalUpdates { _ = task.step(update) }
    #expect(task.evaluate(after: task.totalUpdates).value("reconstruction_loss") < before)
    #expect(spec.operations(cell) > 0)
    #expect(try spec.networks(cell)?.count == 1)
    #expect(spec.keptNetworks.map(\.fileName) == ["weights.safetensors"])
  }
}

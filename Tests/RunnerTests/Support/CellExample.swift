import Canonical
import Datasets
import Engine
import Study
import Testing

@testable import Runner

/// A small cell on generated images.
enum CellExample {
  /// A multilayer perceptron of 32 units on 6×6 images of 4 classes, 50 of 200 for validation.
  static func spec(
    regularizers: String, activation: String = "relu", length: String = #""epochs": 4"#,
    evaluation: String = #"{"everyEpochs": 1}"#, rate: Double = 0.1, measure: String = "[]",
    network: String? = nil
  ) throws -> CellSpec {
    let mlp = #"{"name": "mlp", "hidden": [32], "activation": "\#(activation)"}"#
    let text = """
      {"seed": 1, "trial": 1, "trainSize": 150,
       "dataset": {"name": "synthetic", "validation": 50, "scale": 0.004,
        "synthetic": {"height": 6, "width": 6, "classes": 4, "training": 200, "test": 120}},
       "network": \(network ?? mlp), "measure": \(measure),
       "regularizers": \(regularizers), "evaluation": \(evaluation),
       "training": {"batch": 16, "optimizer": {"name": "sgd", "momentum": 0.9},
        "learningRate": {"schedule": "constant", "base": \(rate)}, \(length)}}
      """
    return try spec(reading: text)
  }

  /// The cell that a text describes.
  static func spec(reading text: String) throws -> CellSpec {
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(text.utf8), file: "cell").get()
    let spec = CellSpec(reading: ObjectReader(json, diagnostics))
    #expect(diagnostics.diagnostics.isEmpty)
    return spec
  }

  /// The task of a cell.
  static func task(_ spec: CellSpec, threads: Int = 1) throws -> any Runner.Task {
    let locator = DatasetLocator(dataFolder: nil, offline: true)
    return try spec.makeTask(
      dataset: locator.open(spec.setup), pool: ThreadPool(threads: threads))
  }

  /// What training a cell gives; nil if it was stopped before update `stopAt`.
  static func train(
    _ spec: CellSpec, in folder: String, stopAt: Int? = nil, threads: Int = 1
  ) throws -> TrainingResult? {
    let ending = try CellTrainer(
      task: task(spec, threads: threads), id: "run", folder: folder,
      checkpointSeconds: .infinity, threads: threads, observer: StopAt(stopAt)
    ).run()
    if case .finished(let outcome) = ending { return outcome }
    return nil
  }
}

extension Evaluation {
  /// A measure's value; not-a-number where there is none.
  func value(_ name: String) -> Double {
    measures.first { $0.name == name }?.value ?? .nan
  }
}

import Canonical
import Datasets
import Engine
import Model
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct ClassificationTaskTests {
  private func spec(
    _ training: String, regularizers: String = "[]", rate: Double = 0.1, decay: Double = 0
  ) throws -> CellSpec {
    let text = """
      {"seed": 1, "trial": 1, "trainSize": 150,
       "dataset": {"name": "synthetic", "validation": 50, "scale": 0.004,
        "synthetic": {"height": 6, "width": 6, "classes": 4, "training": 200, "test": 120}},
       "network": {"name": "mlp", "hidden": [32]}, "regularizers": \(regularizers),
       "training": {"batch": 16, "optimizer": {"name": "sgd", "momentum": 0.9, "weightDecay": \(decay)},
        "learningRate": {"schedule": "constant", "base": \(rate)}, \(training)}}
      """
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(text.utf8), file: "cell").get()
    let spec = CellSpec(reading: ObjectReader(json, diagnostics))
    #expect(diagnostics.diagnostics.isEmpty)
    return spec
  }

  private func task(_ spec: CellSpec, threads: Int = 1) throws -> ClassificationTask {
    let locator = DatasetLocator(dataFolder: nil, offline: true)
    return try ClassificationTask(
      spec, #require(spec.setup), dataset: locator.open(spec.setup),
      pool: ThreadPool(threads: threads))
  }

  private let noise = #"[{"name": "dropout", "drop": 0.3, "at": ["fc1.input"]}]"#

  @Test func `training lowers the error`() throws {
    let task = try task(spec(#""epochs": 12"#))
    let before = task.evaluate(after: task.totalUpdates)
    var losses: [Double] = []
    for update in 0..<task.totalUpdates { losses.append(task.step(update)) }
    let after = task.evaluate(after: task.totalUpdates)
    #expect(losses[0] > 1)
    #expect(losses[losses.count - 1] < losses[0] / 2)
    #expect(try #require(after.testError) < #require(before.testError) / 2)
    #expect((after.validationError ?? 100) < 40)
    #expect(task.weightsAreFinite)
  }

  @Test(arguments: [#""epochs": 3"#, #""iterations": 25"#, #""epochs": 3, "lastBatch": "drop""#])
  func `a resumed training has the same weights`(training: String) throws {
    let spec = try spec(training, regularizers: noise)
    let whole = try TemporaryFolder()
    let expected = try train(spec, whole, stopAt: nil)
    for (stop, threads) in [(1, 2), (9, 1), (16, 2)] {
      let folder = try TemporaryFolder()
      #expect(try train(spec, folder, stopAt: stop, threads: threads) == nil)
      let outcome = try #require(try train(spec, folder, stopAt: nil, threads: 3 - threads))
      #expect(outcome.weightsHash == expected?.weightsHash)
      #expect(outcome.last == expected?.last)
      #expect(outcome.bestOnTest == expected?.bestOnTest)
      #expect(outcome.lastLoss == expected?.lastLoss)
    }
  }

  @Test func `the number of threads changes no bit`() throws {
    let spec = try spec(#""epochs": 2"#, regularizers: noise)
    let hashes = try [1, 2, 3].map { threads in
      let task = try task(spec, threads: threads)
      for update in 0..<task.totalUpdates { _ = task.step(update) }
      return WeightsHash.of(task.weights)
    }
    #expect(Set(hashes).count == 1)
  }

  @Test func `a rate that is too high diverges`() throws {
    // Every update multiplies the weights by about −10⁶.
    let wild = try spec(#""epochs": 30"#, rate: 1000, decay: 1000)
    let folder = try TemporaryFolder()
    let outcome = try #require(try train(wild, folder, stopAt: nil))
    #expect(outcome.hasDiverged)
    #expect(outcome.updates < 30 * 10)
  }

  /// Nil if stopped.
  private func train(
    _ spec: CellSpec, _ folder: TemporaryFolder, stopAt: Int?, threads: Int = 1
  ) throws -> TrainingResult? {
    let ending = try CellTrainer(
      task: try task(spec, threads: threads), id: "run", folder: folder.path,
      checkpointSeconds: .infinity, threads: threads, observer: StopAt(stopAt)
    ).run()
    if case .finished(let outcome) = ending { return outcome }
    return nil
  }
}

import Engine
import Study
import TestSupport
import Testing

@testable import Runner

/// Cells whose training or prediction a procedure wraps.
@Suite struct ProcedureTaskTests {
  static let procedures = [
    #"[{"name": "bagging", "members": 3}]"#,
    #"[{"name": "dropout", "drop": 0.3}, {"name": "mcDropout", "passes": 5}]"#,
    #"[{"name": "dropout", "drop": 0.3}, {"name": "earlyStopping", "patience": 2}]"#,
    #"[{"name": "rbmPretraining", "epochs": 2}, {"name": "bagging", "members": 2}]"#,
    #"[{"name": "marginalizedNoise", "keep": 0.8, "on": "both"}, {"name": "l1", "lambda": 1e-3}]"#,
  ]

  @Test(arguments: procedures)
  func `a resumed training has the same outcome`(regularizers: String) throws {
    let spec = try CellExample.spec(regularizers: regularizers, activation: "sigmoid")
    let whole = try TemporaryFolder()
    let expected = try #require(try CellExample.train(spec, in: whole.path))
    for stop in [1, 13, 30, 55] {
      let folder = try TemporaryFolder()
      guard try CellExample.train(spec, in: folder.path, stopAt: stop, threads: 2) == nil else {
        continue
      }
      let outcome = try #require(try CellExample.train(spec, in: folder.path))
      #expect(outcome.weightsHash == expected.weightsHash)
      #expect(outcome.last == expected.last)
      #expect(outcome.bestOnTest == expected.bestOnTest)
    }
  }

  @Test(arguments: procedures)
  func `training lowers the error`(regularizers: String) throws {
    let spec = try CellExample.spec(
      regularizers: regularizers, activation: "sigmoid", length: #""epochs": 15"#, rate: 0.5)
    let folder = try TemporaryFolder()
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    // Chance is 75 %.
    #expect(try #require(outcome.last.testError) < 40)
  }

  @Test func `early stopping ends before the end with the weights of the lowest loss`() throws {
    // So high a rate that the loss does not fall for long.
    let long = #""epochs": 200"#
    let spec = try CellExample.spec(
      regularizers: #"[{"name": "earlyStopping", "patience": 3}]"#, length: long, rate: 0.3)
    let stopped = try CellExample.task(spec)
    var losses: [Double] = []
    var update = 0
    while true {
      if stopped.evaluationIsDue(after: update) {
        losses.append(stopped.evaluate(after: update).validationLoss ?? .nan)
      }
      if stopped.hasEnded(after: update) { break }
      _ = stopped.step(update)
      update += 1
    }
    #expect(update < stopped.totalUpdates)
    let best = losses.dropLast().min() ?? .nan
    // The last evaluation is that of the restored weights.
    #expect(losses.last == best)
    #expect(losses.firstIndex(of: best) == losses.count - 4)
  }

  @Test func `sparsity and entropy are measured where they mean something`() throws {
    func names(_ regularizers: String) throws -> [String] {
      try CellExample.task(CellExample.spec(regularizers: regularizers)).evaluate(after: 0)
        .measures.map(\.name)
    }
    #expect(try names("[]") == [])
    #expect(try names(#"[{"name": "l1", "lambda": 1}]"#) == ["sparsity"])
    #expect(
      try names(#"[{"name": "dropout", "drop": 0.5}, {"name": "mcDropout", "passes": 3}]"#)
        == ["predictive_entropy", "predictive_variance"])
    let spec = try CellExample.spec(regularizers: #"[{"name": "l1", "lambda": 0.05}]"#)
    let folder = try TemporaryFolder()
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    #expect((outcome.last.measures.first?.value ?? 0) > 0.1)
    #expect(TrainingResult(outcome.json) == outcome)
  }

  @Test func `members differ, and the first starts from the weights of no ensemble`() throws {
    let plain = try CellExample.task(CellExample.spec(regularizers: "[]"))
    let bagged = try CellExample.task(
      CellExample.spec(regularizers: #"[{"name": "bagging", "members": 2}]"#))
    func values(_ task: any Runner.Task, _ name: String) -> [Float] {
      task.weights.first { $0.name == name }.map { Array($0.values) } ?? []
    }
    #expect(values(bagged, "member0.fc1.weight") == values(plain, "fc1.weight"))
    #expect(values(bagged, "member1.fc1.weight") != values(plain, "fc1.weight"))
    #expect(bagged.totalUpdates == 2 * plain.totalUpdates)
  }

  @Test func `a delayed penalty begins with its epoch`() throws {
    func train(_ regularizers: String, _ updates: Int) throws -> String {
      let task = try CellExample.task(CellExample.spec(regularizers: regularizers))
      for update in 0..<updates { _ = task.step(update) }
      return WeightsHash.of(task.weights)
    }
    let delayed = #"[{"name": "l2", "lambda": 0.1, "gamma": 2}]"#
    // Ten updates of 16 make an epoch of 150 images.
    #expect(try train(delayed, 20) == train("[]", 20))
    #expect(try train(delayed, 21) != train("[]", 21))
  }
}

import Canonical
import Datasets
import Engine
import Study
import TestSupport
import Testing

@testable import Runner

/// Real trainings of two arms that are equal but for their streams.
@Suite struct EqualArmsTests {
  private func spec(trial: Int, salt: Int) throws -> CellSpec {
    let text = """
      {"seed": 1, "trial": \(trial), "streamSalt": \(salt),
       "dataset": {"name": "synthetic", "validation": 0, "scale": 0.004,
        "synthetic": {"height": 6, "width": 6, "classes": 4, "training": 120, "test": 400}},
       "network": {"name": "mlp", "hidden": [6]},
       "training": {"batch": 20, "iterations": 12, "optimizer": {"name": "sgd"},
        "learningRate": {"base": 0.1}}}
      """
    let diagnostics = DiagnosticCollector()
    let spec = CellSpec(
      reading: ObjectReader(try JSONParser.parse(Array(text.utf8), file: "c").get(), diagnostics))
    #expect(diagnostics.diagnostics.isEmpty)
    return spec
  }

  @Test func aSaltChangesTheStreamsAndNothingElse() throws {
    let plain = try spec(trial: 1, salt: 0)
    let salted = try spec(trial: 1, salt: 1)
    #expect(plain.streamSeed == plain.seed)
    #expect(salted.streamSeed != plain.seed)
    #expect(plain.json["streamSalt"] == nil)
    #expect(plain != salted)
    var copy = salted.json
    copy["streamSalt"] = nil
    #expect(copy == plain.json)
  }

  /// 200 pairs of trainings: the differences have no direction. (What the tests of the tables make
  /// of such differences is counted on simulated studies, `NoDifferenceTests`.)
  @Test func equalArmsDifferInBothDirectionsAlike() throws {
    let pool = ThreadPool(threads: 1)
    let locator = DatasetLocator(dataFolder: nil, offline: true, say: { _ in })
    let dataset = try locator.open(spec(trial: 1, salt: 0).dataset)
    func errorRate(_ trial: Int, _ salt: Int) throws -> Double {
      let task = try ClassificationTask(
        spec(trial: trial, salt: salt), dataset: dataset, pool: pool)
      for update in 0..<task.totalUpdates { _ = task.step(update) }
      return try #require(task.evaluate().testError)
    }
    let differences = try (1...200).map { try errorRate($0, 1) - errorRate($0, 2) }
    let better = differences.count { $0 < 0 }
    let worse = differences.count { $0 > 0 }
    // Four standard deviations of a fair coin.
    #expect(abs(better - worse) <= 57, "\(better) better, \(worse) worse")
    #expect(better + worse > 150)
  }
}

import Canonical
import Datasets
import Engine
import Study
import TestSupport
import Testing

@testable import Report
@testable import Runner

/// Real trainings of two arms that are equal but for their streams. (Ten thousand simulated studies
/// are in `NoDifferenceTests`.)
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

  @Test func `a salt changes the streams and nothing else`() throws {
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

  /// A thousand studies of five trials with two equal arms, all really trained: "better" comes out as
  /// often as its level says, in both directions alike, and the interval covers the truth, which is 0.
  @Test func `better comes out in five percent of real studies`() throws {
    let pool = ThreadPool(threads: 1)
    let locator = DatasetLocator(dataFolder: nil, offline: true)
    let dataset = try locator.open(spec(trial: 1, salt: 0).setup)
    func testError(_ trial: Int, _ salt: Int) throws -> Double {
      let spec = try spec(trial: trial, salt: salt)
      let task = try ClassificationTask(
        spec, #require(spec.setup), dataset: dataset, pool: pool)
      for update in 0..<task.totalUpdates { _ = task.step(update) }
      return try #require(task.evaluate(after: task.totalUpdates).testError)
    }
    let (studies, trials) = (1000, 5)
    var (better, worse, covered) = (0, 0, 0)
    for study in 0..<studies {
      let errors = try (1...trials).map { trial in
        let number = study * trials + trial
        return (first: try testError(number, 1), second: try testError(number, 2))
      }
      let comparison = Comparison(
        row: "", "first",
        Dictionary(uniqueKeysWithValues: errors.indices.map { ($0, errors[$0].first) }),
        "second", Dictionary(uniqueKeysWithValues: errors.indices.map { ($0, errors[$0].second) }),
        direction: .smallerIsBetter, firstStage: nil, resolution: 0)
      if comparison.outcome == .confirmed { better += 1 }
      if comparison.outcome == .contradicted { worse += 1 }
      if abs(comparison.advantage ?? .infinity) <= comparison.halfWidth ?? 0 { covered += 1 }
    }
    func percent(_ count: Int) -> Double { 100 * Double(count) / Double(studies) }
    #expect((3...7).contains(percent(better)), "better in \(percent(better)) %")
    #expect((3...7).contains(percent(worse)), "worse in \(percent(worse)) %")
    #expect((93...97).contains(percent(covered)), "covered in \(percent(covered)) %")
  }
}

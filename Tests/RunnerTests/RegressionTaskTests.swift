import Canonical
import Engine
import Model
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct RegressionTaskTests {
  private func spec(
    _ regularizers: String = "[]", iterations: Int = 400, target: String = "xSinX", batch: Int = 20,
    trial: Int = 1, salt: Int = 0
  ) throws -> CellSpec {
    try CellExample.spec(
      reading: """
        {"seed": 1, "trial": \(trial), "streamSalt": \(salt), "task": "regression",
         "dataset": {"name": "curve", "curve": {"target": "\(target)", "noise": 0.1}},
         "network": {"name": "regression-mlp", "hidden": [40, 20]}, "regularizers": \(regularizers),
         "training": {"batch": \(batch), "iterations": \(iterations),
          "optimizer": {"name": "adam"}, "learningRate": {"schedule": "constant", "base": 0.01}}}
        """)
  }

  @Test(arguments: ["xSinX", "piecewiseConstant"])
  func `it comes nearer to the curve than it was`(target: String) throws {
    let task = try CellExample.task(spec(iterations: 1500, target: target))
    let before = task.evaluate(after: task.totalUpdates)
    for update in 0..<task.totalUpdates { _ = task.step(update) }
    let after = task.evaluate(after: task.totalUpdates)
    #expect(after.testError == nil && after.validationError == nil)
    #expect(after.value("rmse") < 0.9 * before.value("rmse"))
    #expect(after.value("training_rmse") < 0.5 * before.value("training_rmse"))
    #expect(after.value("total_variation") > before.value("total_variation"))
  }

  @Test func `its series are the points, the function and what the network says`() throws {
    let task = try CellExample.task(spec(iterations: 30))
    for update in 0..<task.totalUpdates { _ = task.step(update) }
    let series = try #require(try task.series().first)
    #expect(series.name == "predictions")
    func curve(_ name: String) -> [SeriesPoint] { series.points.filter { $0.curve == name } }
    #expect(curve("training").count == 20)
    #expect(curve("training").map(\.x) == curve("training").map(\.x).sorted())
    let target = curve("target")
    #expect(target.count == 201 && target.last?.x == 10)
    #expect(target.allSatisfy { $0.y == CurveSpec.Target.xSinX.value(at: $0.x) })
    #expect(curve("prediction").map(\.x) == target.map(\.x))
    // The distance that is measured is that of the two curves.
    let squares = zip(curve("prediction"), target).map { ($0.y - $1.y) * ($0.y - $1.y) }
    let distance = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    #expect(abs(distance - task.evaluate(after: task.totalUpdates).value("rmse")) < 0.02 * distance)
  }

  @Test(arguments: ["[]", #"[{"name": "dropActivation"}, {"name": "l2", "lambda": 1e-4}]"#])
  func `a resumed training has the same outcome`(regularizers: String) throws {
    let spec = try spec(regularizers, iterations: 25, batch: 8)
    let whole = try TemporaryFolder()
    let expected = try #require(try CellExample.train(spec, in: whole.path))
    let folder = try TemporaryFolder()
    #expect(try CellExample.train(spec, in: folder.path, stopAt: 11, threads: 2) == nil)
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    #expect(outcome.weightsHash == expected.weightsHash)
    #expect(outcome.last == expected.last)
    #expect(outcome.series == expected.series && !outcome.series.isEmpty)
    #expect(outcome.bestOnTest == nil)
    #expect(TrainingResult(outcome.json)?.last == outcome.last)
  }

  @Test func `arms share the points of a trial, whatever their streams`() throws {
    func training(_ spec: CellSpec) throws -> [SeriesPoint] {
      try CellExample.task(spec).series()[0].points.filter { $0.curve == "training" }
    }
    let points = try training(spec())
    #expect(try training(spec(#"[{"name": "dropActivation"}]"#, salt: 3)) == points)
    #expect(try training(spec(trial: 2)) != points)
  }
}

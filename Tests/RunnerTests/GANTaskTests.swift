import Canonical
import Durable
import Engine
import Model
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct GANTaskTests {
  private func spec(_ regularizers: String = "[]", iterations: Int = 24) throws -> CellSpec {
    try CellExample.spec(
      reading: """
        {"seed": 1, "trial": 1, "task": "gan",
         "dataset": {"name": "synthetic", "scale": "1/255",
          "synthetic": {"height": 8, "width": 8, "classes": 4, "training": 60, "test": 10}},
         "network": {"name": "dcgan-discriminator", "width": 2},
         "generator": {"name": "dcgan-generator", "noise": 6, "width": 2},
         "regularizers": \(regularizers), "evaluation": {"every": 10},
         "training": {"batch": 8, "iterations": \(iterations), "initializer": {"gaussian": 0.02},
          "optimizer": {"name": "adam", "beta1": 0.5},
          "learningRate": {"schedule": "constant", "base": 0.002}}}
        """)
  }

  @Test func `the value starts where the discriminator knows nothing, and is thinned to windows`()
    throws
  {
    let task = try CellExample.task(spec())
    let values = (0..<task.totalUpdates).map { task.step($0) }
    #expect(abs(values[0] - 1.386) < 0.2)
    let series = try #require(try task.series().first)
    #expect(series.name == "ganValue")
    func curve(_ name: String) -> [SeriesPoint] { series.points.filter { $0.curve == name } }
    #expect(curve("value.min").map(\.x) == [10, 20, 24])
    #expect(curve("value.max")[1].y == values[10..<20].map { Double(Float($0)) }.max())
    #expect(curve("value.min")[2].y == values[20...].map { Double(Float($0)) }.min())
    let evaluation = task.evaluate(after: task.totalUpdates)
    #expect(evaluation.testError == nil)
    #expect(
      evaluation.value("value_range") == curve("value.max")[2].y - curve("value.min")[2].y)
    #expect(evaluation.value("value_mean") == curve("value.mean")[2].y)
    #expect(evaluation.value("largest_spike") >= curve("value.max")[1].y - curve("value.mean")[1].y)
  }

  @Test(arguments: [
    "[]", #"[{"name": "dropout", "drop": 0.3}]"#,
    #"[{"name": "shakeout", "drop": 0.3, "c": 0.01}, {"name": "l1", "lambda": 1e-4}]"#,
  ])
  func `a resumed training has the same bits in both networks and both optimizers`(
    regularizers: String
  ) throws {
    let spec = try spec(regularizers)
    let whole = try TemporaryFolder()
    let expected = try #require(try CellExample.train(spec, in: whole.path))
    let folder = try TemporaryFolder()
    #expect(try CellExample.train(spec, in: folder.path, stopAt: 13, threads: 2) == nil)
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    #expect(outcome.weightsHash == expected.weightsHash)
    #expect(outcome.last == expected.last)
    #expect(outcome.series == expected.series)
    let names = try CellExample.task(spec).state.arrays.map(\.name)
    for name in ["fc.weight", "fc.weight.gradientMean"] {
      #expect(names.contains("generator.\(name)"))
    }
    for name in ["fc1.weight", "fc1.weight.gradientMean"] {
      #expect(names.contains("discriminator.\(name)"))
    }
  }

  @Test func `a plan knows both networks`() throws {
    let spec = try spec()
    let facts = try #require(spec.setup?.facts)
    let generator = try #require(spec.work.spec as? GANSpec).generatorSpec(facts)
    let both =
      try spec.networkSpec(facts).parameterCount()
      + generator.parameterCount()
    #expect(CellFootprint(spec)?.parameters == both)
    let passes =
      try 3 * generator.multiplyAdds()
      + 9 * spec.networkSpec(facts).multiplyAdds()
    #expect(CostModel.operations(spec) == Double(2 * passes * 24 * 8))
  }

  @Test func `both networks can be kept`() throws {
    let folder = try TemporaryFolder()
    let spec = try spec(iterations: 2)
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    let facts = try #require(spec.setup?.facts)
    let task = try CellExample.task(spec)
    try withExtendedLifetime(task) {
      try KeptWeights.save(
        task.weights, of: spec, on: facts, run: "r", outcome, in: folder.path)
    }
    for name in ["weights.safetensors", "generator.safetensors"] {
      #expect(FileContents.exists(folder.file(name)))
    }
  }
}

import Canonical
import Durable
import Engine
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct MeasuredTaskTests {
  private static let all = """
    [{"name": "learningCurve", "training": true}, "weightHistogram", "unitMaxima", "filters",
     "pruningCurve", "gradientStatistics", {"name": "varianceShift", "layer": ["relu1", "fc1"]}, "svm"]
    """
  private static let noise = #"[{"name": "dropActivation", "keep": 0.8}]"#

  private func outcome(
    _ measure: String, regularizers: String = noise, network: String? = nil, threads: Int = 1
  ) throws -> TrainingResult {
    let folder = try TemporaryFolder()
    let spec = try CellExample.spec(
      regularizers: regularizers, measure: measure, network: network)
    return try #require(try CellExample.train(spec, in: folder.path, threads: threads))
  }

  private func points(_ outcome: TrainingResult, _ name: String, _ curve: String) -> [SeriesPoint] {
    outcome.series.first { $0.name == name }?.points.filter { $0.curve == curve } ?? []
  }

  @Test(arguments: [
    noise, #"[{"name": "l2", "lambda": 0.01}]"#,
    #"[{"name": "dropout", "drop": 0.3}, {"name": "earlyStopping", "patience": 2}]"#,
  ])
  func `measuring changes no bit of the training`(regularizers: String) throws {
    let measure =
      regularizers == Self.noise
      ? Self.all
      : Self.all.replacing(
        #"{"name": "varianceShift", "layer": ["relu1", "fc1"]}, "#, with: "")
    let plain = try outcome("[]", regularizers: regularizers)
    let measured = try outcome(measure, regularizers: regularizers)
    #expect(plain.weightsHash == measured.weightsHash)
    #expect(plain.lastLoss == measured.lastLoss && plain.updates == measured.updates)
    #expect(plain.bestOnTest?.testError == measured.bestOnTest?.testError)
    #expect(plain.series.isEmpty && !measured.series.isEmpty)
  }

  /// A pass as in training moves the running means of normalizations, which must not show.
  @Test func `measuring leaves the running statistics unchanged`() throws {
    let network = """
      {"layers": [{"kind": "convolution", "name": "c", "outputs": 4, "kernel": 3},
       {"kind": "batchNormalization", "name": "n"}, {"kind": "relu", "name": "r"},
       {"kind": "dense", "name": "f", "outputs": 4}]}
      """
    let plain = try outcome("[]", network: network)
    let measured = try outcome(
      #"[{"name": "varianceShift", "layer": "r"}]"#, network: network)
    #expect(plain.weightsHash == measured.weightsHash)
    let ratios = points(measured, "varianceShift", "r").map(\.y)
    #expect(ratios.count == 4 && ratios.allSatisfy { $0 > 0.02 && $0 < 5 && $0 != 1 }, "\(ratios)")
  }

  @Test func `every measurement gives its curves`() throws {
    let outcome = try outcome(Self.all)
    #expect(
      outcome.series.map(\.name).sorted() == [
        "filters", "gradientStatistics", "learningCurve", "pruningCurve", "unitMaxima",
        "varianceShift", "weightHistogram",
      ])
    // 150 images in batches of 16: 9 or 10 updates an epoch, four epochs.
    for curve in ["training_loss", "training_error", "validation_error", "test_error"] {
      #expect(points(outcome, "learningCurve", curve).map(\.x) == [1, 2, 3, 4], "\(curve)")
    }
    #expect(points(outcome, "learningCurve", "test_error").last?.y == outcome.last.testError)
    #expect(points(outcome, "weightHistogram", "fc1.weight").count == 100)
    #expect(points(outcome, "unitMaxima", "fc2.weight").count == 32)
    let pruning = points(outcome, "pruningCurve", "fc2.weight")
    #expect(pruning.count == 51 && pruning[0].y == 0 && (pruning.last?.y ?? 0) > 0.3)
    for curve in ["gradient", "weight", "gradient_share"] {
      #expect(points(outcome, "gradientStatistics", curve).map(\.x) == [1, 2, 3, 4])
    }
    #expect(points(outcome, "gradientStatistics", "gradient_share").allSatisfy { $0.y == 1 })
    #expect(points(outcome, "varianceShift", "relu1").map(\.x) == [1, 2, 3, 4])
    #expect(outcome.series.first { $0.name == "filters" }?.images.count == 32)
    let measures = Dictionary(
      outcome.last.measures.map { ($0.name, $0.value) }
    ) { first, _ in first }
    #expect((50...100).contains(measures["svm_accuracy"] ?? 0))
    #expect(SVMCosts.usual.values.contains(measures["svm_cost"] ?? 0))
    #expect((0...60).contains(measures["training_error"] ?? 100))
  }

  @Test func `the penalty's share begins with its epoch`() throws {
    let outcome = try outcome(
      #"["gradientStatistics"]"#,
      regularizers: #"[{"name": "l2", "lambda": 0.05, "gamma": 2}]"#)
    let shares = points(outcome, "gradientStatistics", "gradient_share").map(\.y)
    #expect(shares.count == 4)
    #expect(shares[0] == 1 && shares[1] == 1 && shares[2] < 0.95 && shares[3] < 0.95)
  }

  @Test func `threads and interruptions change nothing`() throws {
    let expected = try outcome(Self.all)
    #expect(try outcome(Self.all, threads: 2).series == expected.series)
    let folder = try TemporaryFolder()
    let spec = try CellExample.spec(regularizers: Self.noise, measure: Self.all)
    for stop in [7, 12, 23] {
      #expect(try CellExample.train(spec, in: folder.path, stopAt: stop) == nil)
    }
    let resumed = try #require(try CellExample.train(spec, in: folder.path))
    #expect(resumed.series == expected.series)
    #expect(resumed.last.measures == expected.last.measures)
  }

  @Test func `a diverged run has its curves alone`() throws {
    let folder = try TemporaryFolder()
    let spec = try CellExample.spec(
      regularizers: #"[{"name": "l2", "lambda": 1000}]"#, rate: 1000,
      measure: #"["learningCurve", "weightHistogram", "pruningCurve", "svm"]"#)
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    #expect(outcome.hasDiverged)
    #expect(outcome.series.map(\.name) == ["learningCurve"])
    #expect(!outcome.last.measures.contains { $0.name == "svm_accuracy" })
  }

  @Test func `an ensemble has a learning curve`() throws {
    let outcome = try outcome(
      #"["learningCurve"]"#, regularizers: #"[{"name": "bagging", "members": 2}]"#)
    #expect(points(outcome, "learningCurve", "test_error").count == 8)
  }

  @Test func `training results with series read back from JSON`() throws {
    let outcome = try outcome(#"["learningCurve", "filters"]"#)
    #expect(TrainingResult(outcome.json) == outcome)
    guard
      case .done(_, let received)? = WorkerMessage(
        WorkerMessage.done(id: "x", outcome).json)
    else {
      Issue.record("no such message")
      return
    }
    #expect(received.series == outcome.series)
  }

  @Test func `the weights of an autoencoder are measured`() throws {
    let text = """
      {"seed": 1, "trial": 1, "task": "autoencoder",
       "measure": [{"name": "weightHistogram", "parameter": "*", "low": -0.1, "high": 0.1}, "filters"],
       "dataset": {"name": "synthetic", "validation": 50, "scale": "1/255",
        "synthetic": {"height": 6, "width": 6, "classes": 4, "training": 200, "test": 120}},
       "network": {"name": "autoencoder", "hidden": 20}, "regularizers": [],
       "training": {"batch": 25, "iterations": 8, "initializer": "caffe-xavier",
        "optimizer": {"name": "sgd"}, "learningRate": {"schedule": "constant", "base": 0.02}}}
      """
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(text.utf8), file: "cell").get()
    let spec = CellSpec(reading: ObjectReader(json, diagnostics))
    #expect(diagnostics.diagnostics.isEmpty)
    let folder = try TemporaryFolder()
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    #expect(Set(outcome.series[0].points.map(\.curve)).count == 2)
    #expect(outcome.series[1].images.count == 20)
  }
}

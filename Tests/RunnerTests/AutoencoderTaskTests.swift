import Canonical
import Datasets
import Engine
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct AutoencoderTaskTests {
  private func spec(_ regularizers: String = "[]", iterations: Int = 300) throws -> CellSpec {
    let text = """
      {"seed": 1, "trial": 1, "task": "autoencoder",
       "dataset": {"name": "synthetic", "validation": 50, "scale": "1/255",
        "synthetic": {"height": 6, "width": 6, "classes": 4, "training": 200, "test": 120}},
       "network": {"name": "autoencoder", "hidden": 20}, "regularizers": \(regularizers),
       "training": {"batch": 25, "iterations": \(iterations), "initializer": "caffe-xavier",
        "optimizer": {"name": "sgd", "style": "caffe", "momentum": 0.9},
        "learningRate": {"schedule": "constant", "base": 0.02}}}
      """
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(text.utf8), file: "cell").get()
    let spec = CellSpec(reading: ObjectReader(json, diagnostics))
    #expect(diagnostics.diagnostics.isEmpty)
    return spec
  }

  @Test func `it learns to give back images, and a code that tells classes apart`() throws {
    let task = try CellExample.task(spec())
    let before = task.evaluate(after: task.totalUpdates)
    var last = 0.0
    for update in 0..<task.totalUpdates { last = task.step(update) }
    let after = task.evaluate(after: task.totalUpdates)
    func measure(_ evaluation: Evaluation, _ name: String) -> Double {
      evaluation.measures.first { $0.name == name }?.value ?? .nan
    }
    #expect(
      measure(after, "reconstruction_loss") < 0.95 * measure(before, "reconstruction_loss"))
    #expect(abs(measure(after, "reconstruction_loss") - last) < 0.1 * last)
    // Chance is 75 %.
    #expect(try #require(after.testError) < 30)
    #expect(SVMCosts.usual.values.contains(measure(after, "svm_cost")))
    #expect((0...1).contains(measure(after, "small_encoder_weights")))
  }

  @Test func `the target is the image without the noise on it`() throws {
    // With all of the input dropped but a little, the loss of a step is still that of whole images.
    let noisy = try CellExample.task(spec(#"[{"name": "dropout", "drop": 0.9}]"#))
    let plain = try CellExample.task(spec())
    let (first, other) = (noisy.step(0), plain.step(0))
    #expect(abs(first - other) < 0.2 * other)
    #expect(first != other)
  }

  @Test(arguments: ["[]", #"[{"name": "shakeout", "drop": 0.5, "c": 0.1}]"#])
  func `a resumed training has the same outcome`(regularizers: String) throws {
    let spec = try spec(regularizers, iterations: 30)
    let whole = try TemporaryFolder()
    let expected = try #require(try CellExample.train(spec, in: whole.path))
    let folder = try TemporaryFolder()
    #expect(try CellExample.train(spec, in: folder.path, stopAt: 11, threads: 2) == nil)
    let outcome = try #require(try CellExample.train(spec, in: folder.path))
    #expect(outcome.weightsHash == expected.weightsHash)
    #expect(outcome.last == expected.last)
  }

  @Test func `the task is part of the cell's canonical form`() throws {
    #expect(try spec().json["task"]?.stringValue == "autoencoder")
    #expect(try CellExample.spec(regularizers: "[]").json["task"] == nil)
  }
}

import Canonical
import Engine
import Model
import Study
import Testing

@testable import Datasets
@testable import Runner

/// What training may see: the images of its subset, and nothing of any other.
@Suite struct TrainingDataTests {
  private static let all = #"""
    "normalize": {"mean": "pixel", "std": "channel"},
    "augment": [{"name": "pad-crop", "pad": 2, "fill": "reflect"}, {"name": "flip"},
     {"name": "rotation", "degrees": 15, "fill": "mean"}, {"name": "brightness", "most": 0.2},
     {"name": "autoaugment"}, {"name": "cutout", "size": 3}, {"name": "input-noise", "std": 0.1}],
    """#

  private func spec(_ preprocessing: String, trainSize: Int = 100) throws -> CellSpec {
    let text = """
      {"seed": 1, "trial": 1, "trainSize": \(trainSize),
       "dataset": {"name": "synthetic", "validation": 50, \(preprocessing) "scale": 0.004,
        "synthetic": {"height": 8, "width": 8, "channels": 3, "classes": 4, "training": 200,
         "test": 60}},
       "network": {"name": "mlp", "hidden": [24]}, "regularizers": [{"name": "cutout", "size": 2}],
       "training": {"batch": 16, "optimizer": {"name": "sgd", "momentum": 0.9}, "epochs": 3,
        "learningRate": {"schedule": "constant", "base": 0.1}}}
      """
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(text.utf8), file: "cell").get()
    let spec = CellSpec(reading: ObjectReader(json, diagnostics))
    #expect(diagnostics.diagnostics.map(\.message) == [])
    return spec
  }

  /// The data with the pixels and labels of some training images, and of all test images, changed.
  private func changed(_ dataset: Dataset, training: [Int], test: Bool) -> Dataset {
    func changed(_ set: ImageSet, _ images: [Int]) -> ImageSet {
      var pixels = Array(copying: set.pixels)
      var labels = Array(copying: set.labels)
      for image in images {
        for place in 0..<192 { pixels[image * 192 + place] ^= 0xFF }
        labels[image] = (labels[image] + 1) % 4
      }
      return ImageSet(shape: set.shape, pixels: pixels, labels: labels)
    }
    return Dataset(
      facts: dataset.facts, training: changed(dataset.training, training),
      test: changed(dataset.test, test ? Array(0..<dataset.test.count) : []),
      digest: "changed", isVerified: true, origin: "test")
  }

  private func weights(_ spec: CellSpec, _ dataset: Dataset, threads: Int = 1) throws -> String {
    let task = try ClassificationTask(
      spec, #require(spec.setup), dataset: dataset, pool: ThreadPool(threads: threads))
    for update in 0..<task.totalUpdates {
      _ = task.step(update)
      if update % 5 == 0 { _ = task.evaluate(after: task.totalUpdates) }
    }
    return WeightsHash.of(task.weights)
  }

  private func open(_ spec: CellSpec) throws -> Dataset {
    try DatasetLocator(dataFolder: nil, offline: true).open(spec.setup)
  }

  @Test func `validation and test images reach neither training nor statistics`() throws {
    let spec = try spec(Self.all)
    let dataset = try open(spec)
    let split = try Split(trainingCount: 200, validation: 50, size: 100, seed: 1, trial: nil)
    let others = Array(Set(0..<200).subtracting(split.training))
    #expect(others.count == 100)
    #expect(Set(others).isSuperset(of: split.validation))
    let expected = try weights(spec, dataset)
    #expect(try weights(spec, changed(dataset, training: others, test: true)) == expected)
    // And every one of those does.
    for image in split.training.prefix(3) {
      #expect(try weights(spec, changed(dataset, training: [image], test: false)) != expected)
    }
  }

  @Test func `the number of threads changes no augmented image`() throws {
    let spec = try spec(Self.all)
    let dataset = try open(spec)
    #expect(try Set([1, 2, 3].map { try weights(spec, dataset, threads: $0) }).count == 1)
  }

  @Test func `images for evaluation are not augmented`() throws {
    let spec = try spec(Self.all)
    let task = try ClassificationTask(
      spec, #require(spec.setup), dataset: open(spec), pool: ThreadPool(threads: 1))
    let first = task.evaluate(after: task.totalUpdates)
    #expect(task.evaluate(after: task.totalUpdates) == first)
  }

  @Test func `augmentation changes training`() throws {
    let plain = try spec("")
    let augmented = try spec(#""augment": [{"name": "flip"}],"#)
    let dataset = try open(plain)
    #expect(try weights(plain, dataset) != weights(augmented, dataset))
  }

  @Test func `augmented training learns`() throws {
    let spec = try spec(
      #""normalize": {"mean": "channel", "std": "channel"}, "augment": [{"name": "flip"}],"#,
      trainSize: 150)
    let task = try ClassificationTask(
      spec, #require(spec.setup), dataset: open(spec), pool: ThreadPool(threads: 1))
    let before = try #require(task.evaluate(after: task.totalUpdates).testError)
    for update in 0..<task.totalUpdates { _ = task.step(update) }
    #expect(try #require(task.evaluate(after: task.totalUpdates).testError) < before)
  }
}

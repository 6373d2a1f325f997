import Canonical
import Datasets
import Engine
import Model
import Study
import Weights

/// Measures the test error of a file of weights.
package struct WeightsEvaluation {
  /// What was measured.
  package struct Outcome: Sendable {
    /// The network's name.
    package var network: String
    /// The data set's name.
    package var dataset: String
    /// Test images.
    package var images: Int
    /// Percent of them that are classified wrongly.
    package var testError: Double
    /// What the file says of its training's end, if it was trained on this data set.
    package var recordedTestError: Double?
  }

  /// The file.
  package var path: String
  /// The data set's name; nil is the one of the training.
  package var dataset: String?
  /// The network as a config writes it; nil is the one that the file names.
  package var network: JSONValue?
  /// What pixels are multiplied by, as a config writes it; nil is as in the training.
  package var scale: String?
  /// Threads; nil is one for each usable core.
  package var threads: Int?

  /// An evaluation of a file as it was trained.
  package init(_ path: String) { self.path = path }

  /// Reads the file and classifies the test images.
  /// - Parameter say: takes the line that says what is downloaded.
  /// - Parameter data: where data sets are looked for.
  /// - Throws: `WeightsError`, `DatasetError`, and what a network that cannot be throws.
  package func run(data locator: DatasetLocator, say: (String) -> Void) throws -> Outcome {
    let file = try SafetensorsFile(path)
    let trained = try json(file, KeptWeights.Key.cell)
    let spec = try cell(trained)
    guard case .classification(let classification) = spec.work else {
      throw WeightsError(
        .usage, file: path,
        "these are the weights of a study with \"task\": \"\(spec.task.rawValue)\", and a test error "
          + "is a classifier's")
    }
    let setup = classification.training
    let data = try locator.open(setup.dataset, say: say)
    let task = try ClassificationTask(
      spec, setup, dataset: data, pool: ThreadPool(threads: threads ?? UsableCores.count))
    let weights = try NetworkWeights(spec.networkSpec(data.facts))
    if let note = NetworkWeights.note(ofPrefix: try weights.check(file), in: path) { say(note) }
    try weights.load(file, into: task.weights.find)
    let isSame = trained?["dataset"]?["name"]?.stringValue == setup.dataset.name
    return Outcome(
      network: setup.network.name, dataset: data.name, images: data.test.count,
      testError: task.evaluate(after: 0).testError ?? .nan,
      recordedTestError: isSame ? file.header.metadata["test_error"].flatMap(Double.init) : nil)
  }

  /// The cell that evaluates: the one of the training, or one around the named network.
  private func cell(_ trained: JSONValue?) throws -> CellSpec {
    var cell = trained ?? Self.plain
    if let network { cell["network"] = network }
    guard cell["network"] != nil else {
      throw WeightsError(
        .usage, file: path, "the file does not say which network it belongs to",
        advice: "name it with --network, for example --network lenet")
    }
    let own = cell["dataset"]?["name"]?.stringValue
    guard let name = dataset ?? own else {
      throw WeightsError(
        .usage, file: path, "the file does not say which data set it was trained on",
        advice: "name one with --dataset, for example --dataset mnist-5k")
    }
    if name != own {
      cell["dataset"]?["name"] = .string(name)
      for key in ["files", "unverified", "synthetic"] { cell["dataset"]?[key] = nil }
    }
    cell["dataset"]?["validation"] = .number(0)
    if let scale { cell["dataset"]?["scale"] = .string(scale) }
    cell["trainSize"] = nil
    cell["training"]?["initialWeights"] = nil
    let diagnostics = DiagnosticCollector()
    let spec = CellSpec(reading: ObjectReader(cell, diagnostics))
    if let problem = diagnostics.diagnostics.first {
      throw WeightsError(.usage, file: path, problem.message, advice: problem.advice)
    }
    return spec
  }

  /// A JSON text of the metadata; nil if there is none.
  private func json(_ file: SafetensorsFile, _ key: String) throws(WeightsError) -> JSONValue? {
    guard let text = file.header.metadata[key] else { return nil }
    switch JSONParser.parse(Array(text.utf8), file: path) {
    case .success(let value): return value
    case .failure(let problem):
      throw WeightsError(
        .corrupt, file: path, "\"\(key)\" of the metadata is not JSON: \(problem.message)")
    }
  }

  /// For files without a cell: nothing of the training matters but the images in a batch.
  private static let plain = JSONValue.object([
    "seed": .number(1), "trial": .number(0), "dataset": .object([JSONValue.Member]()),
    "training": .object([
      "batch": .number(100), "iterations": .number(1),
      "optimizer": .object(["name": .string("sgd")]),
      "learningRate": .object(["schedule": .string("constant"), "base": .number(0.1)]),
    ]),
    "regularizers": .array([]),
  ])
}

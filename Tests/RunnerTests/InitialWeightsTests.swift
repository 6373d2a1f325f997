import Canonical
import Datasets
import Durable
import Engine
import Model
import Study
import TestSupport
import Testing
import Weights

@testable import Runner

@Suite struct InitialWeightsTests {
  private func spec(_ initialWeights: String?, hidden: Int = 8, seed: Int = 1) throws -> CellSpec {
    let start = initialWeights.map { ", \"initialWeights\": \"\($0)\"" } ?? ""
    let text = """
      {"seed": \(seed), "trial": 1, "regularizers": [],
       "dataset": {"name": "synthetic",
        "synthetic": {"height": 6, "width": 6, "channels": 2, "classes": 4, "training": 64,
         "test": 40}},
       "network": {"name": "mlp", "hidden": [\(hidden)]},
       "training": {"batch": 16, "iterations": 8, "optimizer": {"momentum": 0.9},
        "learningRate": {"schedule": "constant", "base": 0.05}\(start)}}
      """
    let diagnostics = DiagnosticCollector()
    let json = try JSONParser.parse(Array(text.utf8), file: "cell").get()
    let spec = CellSpec(reading: ObjectReader(json, diagnostics))
    try #require(diagnostics.diagnostics.isEmpty)
    return spec
  }

  private func open(_ spec: CellSpec) throws -> Dataset {
    try DatasetLocator(dataFolder: nil, offline: true).open(spec.setup)
  }

  private func task(_ spec: CellSpec) throws -> ClassificationTask {
    try ClassificationTask(
      spec, #require(spec.setup), dataset: open(spec), pool: ThreadPool(threads: 1))
  }

  /// Trains and keeps the weights in the folder.
  private func train(_ folder: TemporaryFolder) throws -> ClassificationTask {
    let spec = try spec(nil)
    let task = try task(spec)
    for update in 0..<8 { _ = task.step(update) }
    let point = CurvePoint(
      update: 8, trainingLoss: nil, validationError: nil,
      testError: task.evaluate(after: task.totalUpdates).testError)
    let outcome = TrainingResult(
      updates: 8, last: point, bestOnValidation: nil, bestOnTest: point, lastLoss: 1,
      hasDiverged: false, weightsHash: "",
      cost: RunCost(
        seconds: 1, imagesPerSecond: 1, peakMegabytes: 1, threads: 1, checkpointSeconds: 0))
    try KeptWeights.save(
      task.weights, of: spec, on: open(spec).facts, run: "abc", outcome, in: folder.path)
    return task
  }

  @Test func `a task starts where another ended`() throws {
    let folder = try TemporaryFolder()
    let trained = try train(folder)
    let path = folder.file("weights.safetensors")
    // Another seed draws other weights, all of which the file replaces.
    let spec = try spec(path, seed: 2)
    let task = try task(spec)
    #expect(WeightsHash.of(task.weights) != WeightsHash.of(trained.weights))
    let digest = SHA256.hex(try FileContents.read(path))
    try InitialWeights(of: spec, on: open(spec).facts)?.load(into: task, expecting: digest)
    #expect(WeightsHash.of(task.weights) == WeightsHash.of(trained.weights))
    #expect(
      task.evaluate(after: task.totalUpdates) == trained.evaluate(after: trained.totalUpdates))
    #expect(throws: RunnerError.self) {
      try InitialWeights(of: spec, on: open(spec).facts)?.load(into: task, expecting: "other")
    }
  }

  @Test func `every network of an ensemble starts from the file`() throws {
    let folder = try TemporaryFolder()
    _ = try train(folder)
    let path = folder.file("weights.safetensors")
    var json = try spec(path, seed: 2).json
    json["regularizers"] = .array([Bagging(members: 2).json])
    let spec = CellSpec(reading: ObjectReader(json, DiagnosticCollector()))
    let task = try spec.makeTask(dataset: open(spec), pool: ThreadPool(threads: 1))
    func weights(_ member: Int) throws -> [Float] {
      Array(try #require(task.weights.find("member\(member).fc1.weight")))
    }
    #expect(try weights(0) != weights(1))
    let digest = SHA256.hex(try FileContents.read(path))
    try InitialWeights(of: spec, on: open(spec).facts)?.load(into: task, expecting: digest)
    #expect(try weights(0) == weights(1))
    withExtendedLifetime(task) {}
  }

  @Test func `cells without a file draw their weights`() throws {
    let spec = try spec(nil)
    #expect(try InitialWeights(of: spec, on: open(spec).facts) == nil)
  }

  @Test func `another network is refused`() throws {
    let folder = try TemporaryFolder()
    _ = try train(folder)
    let spec = try spec(folder.file("weights.safetensors"), hidden: 9)
    let task = try task(spec)
    let error = #expect(throws: WeightsError.self) {
      try InitialWeights(of: spec, on: open(spec).facts)?.load(into: task, expecting: nil)
    }
    #expect(error?.tensor == "fc1.weight")
    #expect(error?.problem == "its shape is [8, 72]; mlp expects [9, 72]")
  }

  @Test func `kept files say where they come from`() throws {
    let folder = try TemporaryFolder()
    let trained = try train(folder)
    let path = folder.file("weights.safetensors")
    let metadata = try SafetensorsFile(path).header.metadata
    #expect(metadata["format"] == "pt")
    #expect(metadata["run"] == "abc")
    let network = try JSONParser.parse(Array((metadata["network"] ?? "").utf8), file: "x").get()
    #expect(network["layers"]?.elements?.count == 3)
    #expect(network["config"]?["name"]?.stringValue == "mlp")
    let outcome = try WeightsEvaluation(path)
      .run(data: DatasetLocator(dataFolder: nil, offline: true)) { _ in }
    #expect(outcome.testError == trained.evaluate(after: trained.totalUpdates).testError)
    #expect(outcome.recordedTestError == outcome.testError)
    #expect(outcome.images == 40)
  }

  @Test func `a run is found by the beginning of its id`() throws {
    let folder = try TemporaryFolder()
    let runs = folder.file("runs")
    try folder.write("x", "runs/a/paper/01ab/weights.safetensors")
    try folder.write("x", "runs/a/paper/01cd/log.txt")
    try folder.write("x", "runs/a/paper/journal.log")
    // The same run in another study, whose weights were not kept.
    try folder.write("x", "runs/0/paper/01ab/log.txt")
    let expected = folder.file("runs/a/paper/01ab/weights.safetensors")
    #expect(try KeptWeights.find("01a", below: runs) == expected)
    #expect(try KeptWeights.find(folder.file("runs/a/paper/01ab"), below: runs) == expected)
    func error(_ run: String) -> WeightsError? {
      #expect(throws: WeightsError.self) { try KeptWeights.find(run, below: runs) }
    }
    #expect(error("01")?.problem == "2 runs have ids that begin so")
    #expect(error("01")?.kind == .usage)
    #expect(error("01c")?.problem == "no weights were kept of this run")
    // An ensemble leaves a file for each of its networks.
    for member in 0..<2 {
      try folder.write("x", "runs/a/paper/02ef/member\(member).safetensors")
    }
    #expect(error("02ef")?.problem == "the run trained 2 networks and has a file for each")
    #expect(error("02ef")?.advice?.contains("member0.safetensors") == true)
    #expect(error("")?.kind == .missing)
    #expect(error("journal.log")?.kind == .missing)
  }

  /// A study that starts from a file of weights, stopped after two runs.
  private func stopped(_ fixture: StudyFixture) throws -> RunsFolder {
    var options = fixture.options()
    options.jobs = 1
    let pool = ScriptedPool()
    pool.stopsAfter = [2]
    pool.onWait = {
      // What a worker leaves behind when it is stopped.
      guard pool.done == 2 else { return }
      for id in (try? Folder.entries(options.runsFolder)) ?? [] where id.count == 16 {
        try? fixture.folder.write("x", "out-runs/\(id)/checkpoint-1")
      }
    }
    #expect(try fixture.run(options, pool).outcome == .interrupted)
    return try #require(RunsFolder(for: options.runsFolder))
  }

  @Test func `status and clean know the runs that start from a file of weights`() throws {
    let folder = try TemporaryFolder()
    _ = try train(folder)
    let text = """
      {"study": "tuned", "trials": 3, "reduced": "a test",
       "dataset": {"name": "synthetic",
        "synthetic": {"height": 6, "width": 6, "channels": 2, "classes": 4, "training": 64,
         "test": 40}},
       "network": {"name": "mlp", "hidden": [8]}, "arms": [{"name": "plain"}],
       "training": {"batch": 16, "iterations": 8, "optimizer": {"momentum": 0.9},
        "initialWeights": "\(folder.file("weights.safetensors"))",
        "learningRate": {"schedule": "constant", "base": 0.05}}}
      """
    let fixture = try StudyFixture(text)
    let runs = try stopped(fixture)
    let status = try StudyStatus(runs)
    #expect(status.finishedCount == 2)
    #expect(try runs.unneededFolders(includingFinished: false).isEmpty)
    // A note of before digests of weights were noted.
    let note = fixture.folder.file("out-runs/study.json")
    let written = String(decoding: try FileContents.read(note), as: UTF8.self)
    var json = try JSONParser.parse(Array(written.utf8), file: note).get()
    json["weights"] = nil
    try fixture.folder.write(json.prettyText, "out-runs/study.json")
    let older = try #require(RunsFolder(for: fixture.folder.file("out-runs")))
    #expect(try StudyStatus(older).finishedCount == 2)
    #expect(try older.unneededFolders(includingFinished: false).isEmpty)
    try Folder.removeFile(folder.file("weights.safetensors"))
    #expect(throws: (any Error).self) { try older.unneededFolders(includingFinished: false) }
  }
}

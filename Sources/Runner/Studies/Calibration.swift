import Canonical
import Datasets
import Engine
import Glibc
import Model
import Study
import Synchronization

/// Measures how long an update and an evaluation take here, with a few updates on generated images
/// of the right shape, so that a study's cost is known before it is begun.
package struct Calibration {
  /// Runs that will be trained at a time: as many are measured at a time, since they share memory.
  package var jobs: Int
  /// Seconds to spend on all kinds of cells together, roughly.
  package var seconds: Double

  /// A calibration for so many jobs.
  package init(jobs: Int, seconds: Double = 20) {
    self.jobs = max(1, jobs)
    self.seconds = seconds
  }

  /// What one kind of cell takes.
  private struct Speed {
    var preparation: Double
    var trainedImage: Double
    var evaluatedImage: Double
  }

  /// The plan of a study with these runs.
  /// - Throws: errors of networks and data that cannot be built.
  package func plan(_ runs: [PlannedRuns]) throws -> StudyPlan {
    var kinds: [String] = []
    var examples: [String: CellSpec] = [:]
    for run in runs {
      let kind = Self.kind(run.example.spec)
      if examples[kind] == nil { kinds.append(kind) }
      examples[kind] = run.example.spec
    }
    let share = min(2, max(0.05, seconds / Double(max(1, kinds.count))))
    var speeds: [String: Speed] = [:]
    for kind in kinds {
      if let spec = examples[kind] { speeds[kind] = try measure(spec, seconds: share) }
    }
    let rows = runs.map { row($0, speeds[Self.kind($0.example.spec)]) }
    let memory = runs.compactMap { CellFootprint($0.example.spec)?.megabytes }.max() ?? 0
    return StudyPlan(
      rows: rows, jobs: jobs, diskBytes: CellFootprint.diskBytes(runs, jobs: jobs),
      workerMegabytes: memory)
  }

  private func row(_ runs: PlannedRuns, _ speed: Speed?) -> StudyPlan.Row {
    let cell = runs.example
    var seconds = 0.0
    if let speed {
      seconds = speed.preparation
      if let setup = cell.spec.setup, let facts = setup.facts {
        let work = CellWork(cell.spec, setup, facts)
        seconds += work.trained * speed.trainedImage + work.evaluated * speed.evaluatedImage
      }
    }
    return StudyPlan.Row(
      stage: runs.stage, arm: cell.arm, axes: cell.axes, runs: runs.count,
      parameters: CellFootprint(cell.spec)?.parameters ?? 0,
      operations: CostModel.operations(cell.spec), seconds: seconds)
  }

  /// What cells of equal speed have in common: everything but the seed, the trial, the lengths of
  /// training, and the values of rates.
  private static func kind(_ spec: CellSpec) -> String {
    let shape = spec.setup?.facts.map { "\($0.shape) \($0.classes)" } ?? ""
    let optimizer = spec.setup?.recipe.json["optimizer"]?["name"]?.stringValue ?? ""
    let regularizers = spec.json["regularizers"]?.elements ?? []
    let names = regularizers.map {
      "\($0["name"]?.stringValue ?? "") \($0["at"]?.canonicalText ?? "")"
    }
    return [
      spec.task.rawValue, spec.networkText, shape,
      spec.setup.map { String($0.recipe.batch) } ?? "", optimizer,
    ].joined(separator: "|") + "|" + names.joined(separator: ",")
  }

  /// Measures in as many threads as there will be workers; the mean counts.
  private func measure(_ spec: CellSpec, seconds: Double) throws -> Speed {
    let stand = try Self.standIn(for: spec, seconds: seconds)
    let dataset = try DatasetLocator(dataFolder: nil, offline: true, say: { _ in })
      .open(stand.setup)
    let results = Mutex<(speeds: [Speed], problem: (any Error)?)>(([], nil))
    Threads.run(jobs) {
      do {
        let speed = try Self.measure(stand, dataset, seconds)
        results.withLock { $0.speeds.append(speed) }
      } catch {
        results.withLock { $0.problem = error }
      }
    }
    let (speeds, problem) = results.withLock { $0 }
    if let problem { throw problem }
    let count = Double(max(1, speeds.count))
    return Speed(
      preparation: speeds.reduce(0) { $0 + $1.preparation } / count,
      trainedImage: speeds.reduce(0) { $0 + $1.trainedImage } / count,
      evaluatedImage: speeds.reduce(0) { $0 + $1.evaluatedImage } / count)
  }

  /// The cell on generated images, enough for a few batches, however large the data set is, and without
  /// the procedures around its training, whose work is counted in images. Where an update would take
  /// longer than there is time for, its batch is smaller.
  private static func standIn(
    for spec: CellSpec, seconds: Double
  ) throws -> CellSpec {
    // What needs no images is measured as it is.
    guard let setup = spec.setup, setup.dataset.curve == nil else { return spec }
    guard let facts = setup.facts else {
      throw RunnerError.impossibleCell(reason: "unknown data set \"\(setup.dataset.name)\"")
    }
    var batch = setup.recipe.batch
    var json = spec.json
    if let multiplyAdds = try? spec.networkSpec(facts).multiplyAdds() {
      // Some ten updates' worth of work is measured, counting evaluations.
      let affordable = seconds * CostModel.assumedSpeed / (60 * Double(max(1, multiplyAdds)))
      batch = min(batch, max(2, Int(min(affordable, 1e6))))
      json["training"]?["batch"] = .number(batch)
    }
    json["trainSize"] = nil
    json["regularizers"] = .array(
      spec.regularizers.filter { type(of: $0).attachment != .procedure }.map { $0.json })
    // What measuring costs is counted in passes.
    json["measure"] = nil
    json["dataset"] = .object([
      "name": .string(SyntheticSpec.datasetName), "validation": .number(0),
      "scale": .number(setup.dataset.scale),
      "synthetic": .object([
        "height": .number(facts.shape.height), "width": .number(facts.shape.width),
        "channels": .number(facts.shape.channels), "classes": .number(facts.classes),
        "training": .number(4 * batch), "test": .number(2 * batch),
      ]),
    ])
    let diagnostics = DiagnosticCollector()
    let stand = CellSpec(reading: ObjectReader(json, diagnostics))
    if let error = diagnostics.diagnostics.first {
      throw RunnerError.impossibleCell(reason: error.message)
    }
    return stand
  }

  private static func measure(
    _ spec: CellSpec, _ dataset: Dataset, _ seconds: Double
  ) throws -> Speed {
    let start = SystemCall.seconds()
    let task = try spec.makeTask(dataset: dataset, pool: ThreadPool(threads: 1))
    let preparation = SystemCall.seconds() - start
    if task.totalUpdates == 0 {
      // Nothing is trained: all of the work is one evaluation.
      let evaluation = median(seconds: 0) { _ = task.evaluate() }
      return Speed(preparation: preparation + evaluation, trainedImage: 0, evaluatedImage: 0)
    }
    var update = 0
    // The first updates touch memory for the first time.
    for _ in 0..<2 {
      _ = task.step(update)
      update += 1
    }
    let step = median(seconds: seconds * 0.7) {
      _ = task.step(update)
      update += 1
    }
    let evaluation = median(seconds: seconds * 0.3) { _ = task.evaluate() }
    return Speed(
      preparation: preparation, trainedImage: step / Double(task.imagesPerUpdate),
      evaluatedImage: evaluation / Double(max(1, dataset.facts.test)))
  }

  /// The median time of a piece of work that is repeated for so long, and three times if that does not
  /// take much longer: what else the machine does now and then is left out.
  private static func median(seconds: Double, _ work: () -> Void) -> Double {
    var times: [Double] = []
    let begin = SystemCall.seconds()
    var elapsed = 0.0
    repeat {
      let start = SystemCall.seconds()
      work()
      times.append(SystemCall.seconds() - start)
      elapsed = SystemCall.seconds() - begin
    } while elapsed < seconds || times.count < 3 && elapsed < 3 * seconds
    times.sort()
    return times[times.count / 2]
  }
}

/// Plain threads that do the same thing at the same time.
private enum Threads {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs `body` on `count` threads, this one included, and returns when all are done.
  static func run(_ count: Int, _ body: @escaping () -> Void) {
    var threads: [pthread_t] = []
    for _ in 1..<max(1, count) {
      var thread = pthread_t()
      let work = Unmanaged.passRetained(Work(body))
      let code = pthread_create(
        &thread, nil,
        { argument in
          argument.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
      if code == 0 { threads.append(thread) } else { work.release() }
    }
    body()
    for thread in threads { pthread_join(thread, nil) }
  }
}

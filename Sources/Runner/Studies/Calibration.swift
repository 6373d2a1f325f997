import Canonical
import Datasets
import Engine
import Glibc
import Model
import Study
import Synchronization
import System

/// Measures how long an update and an evaluation take here, with a few updates on generated images
/// of the right shape, or on digits for MNIST, so that a study's cost is known before it is begun.
package struct Calibration {
  /// Runs that will be trained at a time: as many are measured at a time, as far as memory allows.
  package var jobs: Int
  /// Seconds to spend on all kinds of cells together, roughly.
  package var seconds: Double
  /// Memory that measuring may take, in megabytes, all threads together.
  package var megabytes: Int

  /// What measuring takes at most where nobody says otherwise, in megabytes.
  package static let usualMegabytes = 2_000

  package init(jobs: Int, seconds: Double, megabytes: Int = usualMegabytes) {
    self.jobs = max(1, jobs)
    self.seconds = seconds
    self.megabytes = megabytes
  }

  /// What one kind of cell takes on a core of its own.
  private struct Speed {
    var preparation = 0.0
    var trainedImage = 0.0
    var evaluatedImage = 0.0
    /// Processor time by time on the clock: 1 on a machine that does nothing else.
    var processorShare = 1.0
  }

  /// The plan of a study with these runs.
  /// - Throws: errors of networks and data that cannot be built.
  package func plan(_ runs: [PlannedRuns]) throws -> StudyPlan {
    var kinds: [String] = []
    var examples: [String: CellSpec] = [:]
    for run in runs {
      let kind = run.example.spec.kindText
      if examples[kind] == nil { kinds.append(kind) }
      examples[kind] = run.example.spec
    }
    let share = min(2, max(0.05, seconds / Double(max(1, kinds.count))))
    var speeds: [String: Speed] = [:]
    for kind in kinds {
      guard let spec = examples[kind] else { continue }
      speeds[kind] = try measure(spec, seconds: share)
    }
    let footprint = StudyFootprint(runs)
    var rows = runs.enumerated().map { index, run in
      row(run, speeds[run.example.spec.kindText], footprint.footprint(index))
    }
    estimateOthers(&rows)
    let fitting = FreeMemory.megabytes.map { footprint.workers(freeMegabytes: $0) } ?? jobs
    let shares = speeds.values.map(\.processorShare)
    return StudyPlan(
      rows: rows, jobs: min(jobs, fitting), wantedJobs: jobs,
      diskBytes: footprint.diskBytes(jobs: min(jobs, fitting)),
      workerMegabytes: footprint.largest?.megabytes ?? 0,
      processorShare: shares.isEmpty ? 1 : shares.reduce(0, +) / Double(shares.count))
  }

  private func row(
    _ runs: PlannedRuns, _ speed: Speed?, _ footprint: CellFootprint?
  ) -> StudyPlan.Row {
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
      stage: runs.stage, arm: cell.arm, axes: cell.axes,
      network: cell.spec.setup?.network.name ?? cell.spec.task.rawValue, runs: runs.count,
      parameters: footprint?.parameters ?? 0,
      operations: CostModel.operations(cell.spec), seconds: seconds, isMeasured: speed != nil)
  }

  /// Cells for which memory did not suffice take as long as their operations at the speed of the
  /// others.
  private func estimateOthers(_ rows: inout [StudyPlan.Row]) {
    let measured = rows.filter { $0.isMeasured && $0.operations > 0 }
    let operations = measured.reduce(0) { $0 + $1.operations }
    let seconds = measured.reduce(0) { $0 + $1.seconds }
    let speed = seconds > 0 ? operations / seconds : CostModel.assumedSpeed
    for index in rows.indices where !rows[index].isMeasured {
      rows[index].seconds = rows[index].operations / speed
    }
  }

  /// Measures in as many threads as there will be workers, or as memory allows; the mean counts.
  /// - Returns: nil where not even the smallest batch fits into the memory.
  private func measure(_ spec: CellSpec, seconds: Double) throws -> Speed? {
    guard let (stand, footprint) = try standIn(for: spec, seconds: seconds) else { return nil }
    let own = max(1, footprint - CellFootprint.baseMegabytes)
    let threads = max(1, min(jobs, megabytes / own))
    let dataset = try Self.dataset(of: stand, for: spec)
    let results = Mutex<(speeds: [Speed], problem: (any Error)?)>(([], nil))
    let (start, processorStart) = (MonotonicClock.seconds(), Self.processorSeconds())
    Threads.run(threads) {
      do {
        let speed = try Self.measure(stand, dataset, seconds)
        results.withLock { $0.speeds.append(speed) }
      } catch {
        results.withLock { $0.problem = error }
      }
    }
    let elapsed = MonotonicClock.seconds() - start
    let processor = Self.processorSeconds() - processorStart
    let (speeds, problem) = results.withLock { $0 }
    if let problem { throw problem }
    let count = Double(max(1, speeds.count))
    let busy = Double(min(threads, UsableCores.count)) * elapsed
    // What other programs take of the processors is no part of the cost.
    let share = busy > 0 ? min(1, max(0.05, processor / busy)) : 1
    func mean(_ value: (Speed) -> Double) -> Double {
      speeds.reduce(0) { $0 + value($1) } / count * share
    }
    return Speed(
      preparation: mean(\.preparation), trainedImage: mean(\.trainedImage),
      evaluatedImage: mean(\.evaluatedImage), processorShare: share)
  }

  private static func dataset(of stand: CellSpec, for spec: CellSpec) throws -> Dataset {
    guard let setup = stand.setup, let original = spec.setup else { return .none }
    if let synthetic = setup.dataset.synthetic {
      return try .standIn(synthetic, for: original.dataset.name)
    }
    guard let dataset = try Dataset.generated(setup.dataset) else {
      throw RunnerError.impossibleCell(reason: "its images are not generated")
    }
    return dataset
  }

  /// Seconds that all threads of this process have had a processor.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The cell on images that stand in, enough for a few batches, however large the data set is, and without
  /// the procedures around its training, whose work is counted in images. Where an update would take
  /// longer than there is time for, or more memory than there is, its batch is smaller.
  /// - Returns: the cell and its megabytes; nil where no batch fits.
  private func standIn(
    for spec: CellSpec, seconds: Double
  ) throws -> (CellSpec, megabytes: Int)? {
    // What needs no images is measured as it is.
    guard let setup = spec.setup, setup.dataset.curve == nil else {
      return CellFootprint(spec).map { (spec, $0.megabytes) }
    }
    guard let facts = setup.facts else {
      throw RunnerError.impossibleCell(reason: "unknown data set \"\(setup.dataset.name)\"")
    }
    var batch = setup.recipe.batch
    if let multiplyAdds = try? spec.networkSpec(facts).multiplyAdds() {
      // Some ten updates' worth of work is measured, counting evaluations.
      let affordable = seconds * CostModel.assumedSpeed / (60 * Double(max(1, multiplyAdds)))
      batch = min(batch, max(2, Int(min(affordable, 1e6))))
    }
    while true {
      let stand = try Self.generated(spec, setup, facts, batch: batch)
      guard let footprint = CellFootprint(stand) else {
        throw RunnerError.impossibleCell(
          reason: "\(setup.network.name) cannot be built on \(setup.dataset.name)")
      }
      if footprint.megabytes - CellFootprint.baseMegabytes <= megabytes {
        return (stand, footprint.megabytes)
      }
      if batch <= 1 { return nil }
      batch = max(1, batch / 2)
    }
  }

  private static func generated(
    _ spec: CellSpec, _ setup: TrainingSetup, _ facts: DatasetFacts, batch: Int
  ) throws -> CellSpec {
    var json = spec.json
    json["training"]?["batch"] = .number(batch)
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
    // The weights that training starts from cost nothing.
    json["training"]?["initialWeights"] = nil
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
    let start = MonotonicClock.seconds()
    let task = try spec.makeTask(dataset: dataset, pool: ThreadPool(threads: 1))
    let preparation = MonotonicClock.seconds() - start
    if task.totalUpdates == 0 {
      // Nothing is trained: all of the work is one evaluation.
      let evaluation = median(seconds: 0) { _ = task.evaluate(after: 0) }
      return Speed(preparation: preparation + evaluation)
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
    let evaluation = median(seconds: seconds * 0.3) { _ = task.evaluate(after: update) }
    let evaluated = spec.setup.map { spec.work.runnable.evaluatedImages($0, dataset.facts) } ?? 0
    return Speed(
      preparation: preparation, trainedImage: step / Double(task.imagesPerUpdate),
      evaluatedImage: evaluation / max(1, evaluated))
  }

  /// The median time of a piece of work that is repeated for so long, and three times if that does not
  /// take much longer: what else the machine does now and then is left out.
  private static func median(seconds: Double, _ work: () -> Void) -> Double {
    var times: [Double] = []
    let begin = MonotonicClock.seconds()
    var elapsed = 0.0
    repeat {
      let start = MonotonicClock.seconds()
      work()
      times.append(MonotonicClock.seconds() - start)
      elapsed = MonotonicClock.seconds() - begin
    } while elapsed < seconds || times.count < 3 && elapsed < 3 * seconds
    times.sort()
    return times[times.count / 2]
  }
}

/// Threads that do the same thing at the same time.
private enum Threads {
  /// Runs `body` on `count` threads, this one included, and returns when all are done.
  static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    let helpers = (0..<max(1, count) - 1).map { _ in SystemThread(body) }
    body()
    for helper in helpers { helper?.join() }
  }
}

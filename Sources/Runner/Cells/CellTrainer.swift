import Durable
import Engine
import Study
import System

/// Where a cell's training reports to and is told to stop.
protocol CellObserver: AnyObject {
  /// Whether to save the state and leave; asked between two batches.
  var stopIsRequested: Bool { get }
  /// Training starts, or goes on after `update` updates.
  func started(update: Int)
  /// Training has come further; at most about twice a second.
  func progressed(_ progress: CellProgress)
  /// The network was evaluated.
  func evaluated(_ point: CurvePoint)
  /// A checkpoint is on the disk.
  func checkpointed(update: Int)
  /// A checkpoint or the learning curve could not be written; the training goes on, and the next
  /// checkpoint is tried in its time.
  func notSaved(reason: String)
}

/// Trains one cell from its start or its newest whole checkpoint to its end.
struct CellTrainer {
  /// How a training ended.
  enum Ending: Equatable {
    /// At its end.
    case finished(TrainingResult)
    /// On request; the state is on the disk, if the disk took it.
    case stopped(update: Int)
  }

  /// What is trained.
  let task: any Task
  /// The run's id.
  let id: String
  /// The run's folder; it exists.
  let folder: String
  /// Seconds of training between two checkpoints.
  let checkpointSeconds: Double
  /// Threads that the task uses, for the record.
  let threads: Int
  /// Who is told.
  let observer: any CellObserver

  private static let reportSeconds = 0.5

  /// Trains. What cannot be written on the way is no reason to lose the run.
  /// - Throws: `FileError` where a checkpoint is there and cannot be read.
  func run() throws -> Ending {
    // A run that was begun in another arithmetic is begun again: a record never mixes two.
    let arithmetic = try Arithmetic.current()
    let checkpoints = CheckpointFolder(path: folder, run: "\(id) \(arithmetic.text)")
    let state = task.state
    var progress = try checkpoints.resume(into: state) ?? TrainingProgress()
    var meter = SpeedMeter(secondsBefore: progress.seconds)
    var saved = MonotonicClock.seconds()
    var reported = saved
    var lossSum = 0.0
    var lossCount = 0
    var lastCost = 0.0
    observer.started(update: progress.update)

    func save() throws {
      progress.seconds = meter.totalSeconds
      let start = MonotonicClock.seconds()
      let outcome = Result { try checkpoints.save(progress, state) }
      saved = MonotonicClock.seconds()
      lastCost = saved - start
      progress.checkpointSeconds += lastCost
      do {
        try outcome.get()
        observer.checkpointed(update: progress.update)
      } catch let error as FileError {
        observer.notSaved(reason: error.message)
      }
    }

    while true {
      let isDue = progress.hasDiverged || task.evaluationIsDue(after: progress.update)
      if isDue, progress.curve.last?.update != progress.update {
        meter.pause()
        progress.add(task.evaluate(after: progress.update))
        if !task.weightsAreFinite { progress.hasDiverged = true }
        meter.resume()
        if let point = progress.curve.last { observer.evaluated(point) }
      }
      if progress.hasDiverged || task.hasEnded(after: progress.update) { break }
      if observer.stopIsRequested {
        try save()
        return .stopped(update: progress.update)
      }
      let now = MonotonicClock.seconds()
      // On a slow disk checkpoints are rarer, so that they never take more than a hundredth.
      let interval = checkpointSeconds > 0 ? max(checkpointSeconds, 100 * lastCost) : 0
      if now - saved >= interval { try save() }
      if now - reported >= Self.reportSeconds, lossCount > 0 {
        observer.progressed(
          CellProgress(
            update: progress.update, total: task.totalUpdates,
            imagesPerSecond: meter.imagesPerSecond, loss: lossSum / Double(lossCount)))
        reported = now
        lossSum = 0
        lossCount = 0
      }

      let loss = task.step(progress.update)
      progress.add(loss: loss)
      meter.add(images: task.imagesPerUpdate)
      lossSum += loss
      lossCount += 1
    }

    let measured = try task.measure(
      FinishedTraining(curve: progress.curve, hasDiverged: progress.hasDiverged))
    progress.seconds = meter.totalSeconds
    do throws(FileError) {
      try AtomicFile.write(progress.curve.csv, to: PathName.join(folder, "epochs.csv"))
    } catch {
      observer.notSaved(reason: error.message)
    }
    return .finished(try outcome(progress, measured, meter))
  }

  private func outcome(
    _ progress: TrainingProgress, _ measured: FinalMeasurement, _ meter: SpeedMeter
  ) throws(RunnerError) -> TrainingResult {
    guard var last = progress.curve.last else {
      throw .impossibleCell(reason: "run \(id) ended without an evaluation")
    }
    last.measures += measured.measures
    return TrainingResult(
      updates: progress.update, last: last, bestOnValidation: progress.curve.bestOnValidation,
      bestOnTest: progress.curve.bestOnTest, lastLoss: progress.lastLoss,
      hasDiverged: progress.hasDiverged,
      weightsHash: WeightsHash.of(task.weights),
      cost: RunCost(
        seconds: progress.seconds, imagesPerSecond: meter.imagesPerSecond,
        peakMegabytes: NetworkBenchmark.peakMegabytes(), threads: threads,
        checkpointSeconds: progress.checkpointSeconds),
      series: measured.series.filter { !$0.isEmpty })
  }
}

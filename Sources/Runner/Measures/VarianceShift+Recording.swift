import Engine
import Model
import Study

extension VarianceShift: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double {
    let setup = cell.setup
    let updates = Double(setup.totalUpdates(cell.facts))
    let epochs = (updates / Double(max(1, setup.updatesPerEpoch(cell.facts)))).rounded(.up)
    return 2 * epochs * Double(setup.trainingImages(cell.facts))
  }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    try VarianceShiftRecorder(run.network(for: Self.name), layers: layers, run.scale)
  }
}

/// Gathers `varianceShift`: after each epoch the variance of some layers' outputs over the training
/// images, as in evaluation and as in training.
private final class VarianceShiftRecorder: MeasurementRecorder {
  private let scale: EpochScale
  private let task: any NetworkTask
  private let layers: [String]
  /// Var(test) and Var(train) of each layer by epoch.
  private let test: [NamedNumbers]
  private let training: [NamedNumbers]
  /// 1 for each epoch that was measured.
  private let measured: NamedNumbers
  /// The first of the numbers that address the noise of these passes: neither trainings nor
  /// predictions come so far.
  private static let firstNoise: UInt64 = 1 << 48

  /// Looks at layers of a task's network.
  /// - Throws: `RunnerError` for a layer whose output no memory holds.
  init(_ task: any NetworkTask, layers: [String], _ scale: EpochScale) throws(RunnerError) {
    for layer in layers where ChannelVariance(of: layer, in: task.network) == nil {
      throw .impossibleCell(
        reason:
          "\(VarianceShift.name): the output of \"\(layer)\" is computed inside another layer; "
          + "name the one behind it")
    }
    self.task = task
    self.scale = scale
    self.layers = layers
    func numbers(_ name: String) -> NamedNumbers {
      NamedNumbers("\(VarianceShift.name).\(name)", count: scale.count)
    }
    test = layers.map { numbers("\($0).test") }
    training = layers.map { numbers("\($0).training") }
    measured = numbers("measured")
  }

  func finished(update: Int) {
    guard let epoch = scale.epoch(endingAfter: update), epoch < scale.count else { return }
    let test = pass(epoch: nil)
    // Normalizations learn in such a pass, which must leave no trace.
    let statistics = task.network.statistics.map { Array($0.values) }
    let training = pass(epoch: epoch)
    for (statistic, values) in zip(task.network.statistics, statistics) {
      _ = statistic.values.update(fromContentsOf: values)
    }
    for index in layers.indices {
      self.test[index][epoch] = test[index]
      self.training[index][epoch] = training[index]
    }
    measured[epoch] = 1
  }

  /// The layers' variances in one pass over the training images, with noise if it has an epoch.
  private func pass(epoch: Int?) -> [Double] {
    var variances = layers.compactMap { ChannelVariance(of: $0, in: task.network) }
    let feed = task.feed
    let batches = UInt64(max(1, feed.training.count))
    feed.forEachBatch(feed.dataset.training, feed.training, into: [task.network.input]) {
      start, count in
      let noise = epoch.map { Self.firstNoise + UInt64($0) * batches + UInt64(start) }
      task.network.forward(count: count, trainingStep: noise)
      for index in variances.indices { variances[index].add(count: count) }
    }
    return variances.map(\.mean)
  }

  var state: TaskState { TaskState(numbers: test + training + [measured]) }

  func measure(_ finished: FinishedTraining) -> FinalMeasurement {
    let epochs = (0..<measured.count).filter { measured[$0] > 0 }
    let points = layers.enumerated().flatMap { index, layer in
      epochs.map { epoch in
        SeriesPoint(
          curve: layer, x: scale.end(of: epoch),
          y: test[index][epoch] / training[index][epoch])
      }
    }
    return FinalMeasurement(series: [Series(name: VarianceShift.name, points: points)])
  }
}

import Engine
import Model
import Study

/// Gathers `varianceShift`: after each epoch the variance of some layers' outputs over the training
/// images, as in evaluation and as in training.
final class VarianceShiftRecorder: TrainingRecorder {
  private let scale: EpochScale
  private let task: any NetworkTask
  private let layers: [String]
  /// For each layer Var(test) and Var(train), then whether the epoch was measured.
  private let memory: EpochMemory
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
    memory = EpochMemory(epochs: scale.count, numbers: 2 * layers.count + 1)
  }

  func finished(update: Int) {
    guard let epoch = scale.epoch(endingAfter: update), epoch < memory.epochs else { return }
    let test = pass(epoch: nil)
    // Normalizations learn in such a pass, which must leave no trace.
    let statistics = task.network.statistics.map { Array($0.values) }
    let training = pass(epoch: epoch)
    for (statistic, values) in zip(task.network.statistics, statistics) {
      _ = statistic.values.update(fromContentsOf: values)
    }
    for index in layers.indices {
      memory[epoch, 2 * index] = test[index]
      memory[epoch, 2 * index + 1] = training[index]
    }
    memory[epoch, 2 * layers.count] = 1
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

  var state: [NamedArray] { [memory.named("varianceShift.epochs")] }

  var series: Series {
    let epochs = (0..<memory.epochs).filter { memory[$0, 2 * layers.count] != 0 }
    return Series(
      name: VarianceShift.name,
      points: layers.enumerated().flatMap { index, layer in
        epochs.map { epoch in
          SeriesPoint(
            curve: layer, x: scale.end(of: epoch),
            y: memory[epoch, 2 * index] / memory[epoch, 2 * index + 1])
        }
      })
  }
}

import Engine
import Model
import Study

/// Gathers `gradientStatistics`: the means of each epoch's updates.
final class GradientRecorder: TrainingRecorder {
  private let scale: EpochScale
  private let statistics: GradientStatistics
  /// Σ over updates of mean |∂L/∂w|, mean |w| and mean λ|∂Ω/∂w|, and the number of updates.
  private let memory: EpochMemory
  private var update = 0

  /// Observes a task's gradients from now on.
  init(_ task: any NetworkTask, _ scale: EpochScale) {
    self.scale = scale
    statistics = GradientStatistics(task.network)
    memory = EpochMemory(epochs: scale.count, numbers: 4)
    task.observeGradients = { [unowned self] moment in add(moment) }
  }

  /// The number of the update that is about to begin.
  func begin(update: Int) { self.update = update }

  func finished(update: Int) {}

  private func add(_ moment: TrainingMoment) {
    let means = statistics.measure(moment)
    let epoch = min(update / scale.updatesPerEpoch, memory.epochs - 1)
    memory[epoch, 0] += means.gradient
    memory[epoch, 1] += means.weight
    memory[epoch, 2] += means.penalty
    memory[epoch, 3] += 1
  }

  var state: [NamedArray] { [memory.named("gradientStatistics.epochs")] }

  var series: Series {
    let epochs = (0..<memory.epochs).filter { memory[$0, 3] > 0 }
    func curve(_ name: String, _ value: (Int) -> Double) -> [SeriesPoint] {
      epochs.map { SeriesPoint(curve: name, x: scale.end(of: $0), y: value($0)) }
    }
    func share(_ epoch: Int) -> Double {
      memory[epoch, 0] / (memory[epoch, 0] + memory[epoch, 2])
    }
    return Series(
      name: GradientStatisticsMeasurement.name,
      points: curve("gradient") { self.memory[$0, 0] / self.memory[$0, 3] }
        + curve("weight") { self.memory[$0, 1] / self.memory[$0, 3] }
        + curve("gradient_share", share))
  }
}

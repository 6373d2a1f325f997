import Engine
import Model
import Study

extension GradientStatistics: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double { 0 }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    GradientRecorder(try run.network(for: Self.name), run.scale)
  }
}

/// Gathers `gradientStatistics`: the means of each epoch's updates.
private final class GradientRecorder: MeasurementRecorder {
  private let scale: EpochScale
  private let sizes: GradientSizes
  /// Sums over the updates of each epoch: mean |∂L/∂w|, mean |w|, mean λ|∂Ω/∂w|, and the updates.
  private let gradient: NamedNumbers
  private let weight: NamedNumbers
  private let penalty: NamedNumbers
  private let updates: NamedNumbers
  private var update = 0

  /// Observes a task's gradients from now on.
  init(_ task: any NetworkTask, _ scale: EpochScale) {
    self.scale = scale
    sizes = GradientSizes(task.network)
    func numbers(_ name: String) -> NamedNumbers {
      NamedNumbers("\(GradientStatistics.name).\(name)", count: scale.count)
    }
    gradient = numbers("gradient")
    weight = numbers("weight")
    penalty = numbers("penalty")
    updates = numbers("updates")
    task.observeGradients = { [unowned self] moment in add(moment) }
  }

  func begin(update: Int) { self.update = update }

  private func add(_ moment: TrainingMoment) {
    let means = sizes.measure(moment)
    let epoch = min(update / scale.updatesPerEpoch, scale.count - 1)
    gradient[epoch] += means.gradient
    weight[epoch] += means.weight
    penalty[epoch] += means.penalty
    updates[epoch] += 1
  }

  var state: TaskState { TaskState(numbers: [gradient, weight, penalty, updates]) }

  func measure(_ training: FinishedTraining) -> FinalMeasurement {
    let epochs = (0..<updates.count).filter { updates[$0] > 0 }
    func curve(_ curve: GradientStatistics.Curve, _ value: (Int) -> Double) -> [SeriesPoint] {
      epochs.map { SeriesPoint(curve: curve.rawValue, x: scale.end(of: $0), y: value($0)) }
    }
    let points =
      curve(.gradient) { gradient[$0] / updates[$0] }
      + curve(.weight) { weight[$0] / updates[$0] }
      + curve(.gradientShare) { gradient[$0] / (gradient[$0] + penalty[$0]) }
    return FinalMeasurement(series: [Series(name: GradientStatistics.name, points: points)])
  }
}

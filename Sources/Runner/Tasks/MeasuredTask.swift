import Datasets
import Engine
import Model
import Study

/// Takes the measurements of a cell around another task, whose bits it does not change.
final class MeasuredTask: Task {
  private let task: any Task
  /// The task that trains the network, below whatever wraps it; nil where several are trained.
  private let subject: (any NetworkTask)?
  private let cell: MeasuredCell
  private let scale: EpochScale
  private let gradients: GradientRecorder?
  private let recorders: [any TrainingRecorder]
  private let features: String?

  /// - Parameters:
  ///   - task: with the procedures around it.
  ///   - subject: the task inside of them.
  /// - Throws: `MeasurementMisfit`, `RunnerError` where something cannot be measured.
  init(
    _ task: any Task, around subject: any Task, _ spec: CellSpec, _ setup: TrainingSetup,
    on facts: DatasetFacts
  ) throws {
    self.task = task
    let subject = subject as? any NetworkTask
    self.subject = subject
    cell = try MeasuredCell(spec, setup, facts)
    for measurement in setup.measurements { try measurement.check(cell) }
    scale = EpochScale(
      updatesPerEpoch: max(1, setup.updatesPerEpoch(facts)), totalUpdates: task.totalUpdates)
    var recorders: [any TrainingRecorder] = []
    var gradients: GradientRecorder?
    if let subject {
      if cell.measurement(GradientStatisticsMeasurement.self) != nil {
        let recorder = GradientRecorder(subject, scale)
        gradients = recorder
        recorders.append(recorder)
      }
      if let shift = cell.measurement(VarianceShift.self) {
        recorders.append(try VarianceShiftRecorder(subject, layers: shift.layers, scale))
      }
    }
    self.gradients = gradients
    self.recorders = recorders
    features = try cell.measurement(FeatureSVM.self).flatMap { svm in
      try subject.map { try svm.featureLayer(of: $0.network) }
    }
  }

  var totalUpdates: Int { task.totalUpdates }
  var imagesPerUpdate: Int { task.imagesPerUpdate }
  var weights: [NamedArray] { task.weights }
  var state: [NamedArray] { task.state + recorders.flatMap(\.state) }

  func evaluationIsDue(after update: Int) -> Bool { task.evaluationIsDue(after: update) }

  func hasEnded(after update: Int) -> Bool { task.hasEnded(after: update) }

  func step(_ update: Int) -> Double {
    gradients?.begin(update: update)
    let loss = task.step(update)
    for recorder in recorders { recorder.finished(update: update + 1) }
    return loss
  }

  func evaluate() -> Evaluation {
    var evaluation = task.evaluate()
    if cell.measurement(LearningCurve.self)?.includesTraining == true,
      let classifier = subject as? any ClassifyingTask
    {
      let feed = classifier.feed
      evaluation.measures.append(
        Measure(
          name: LearningCurve.trainingError,
          value: classifier.percentWrong(feed.dataset.training, feed.training)))
    }
    return evaluation
  }

  func series() throws -> [Series] { try task.series() }

  /// The task's own series, what was gathered in training, and then what is measured of the final
  /// weights. Of a network whose weights are no numbers nothing is measured.
  func measure(_ training: FinishedTraining) throws -> FinalMeasurement {
    var found = try task.measure(training)
    if let curve = cell.measurement(LearningCurve.self) {
      found.series.append(curve.series(training.curve, scale))
    }
    found.series += recorders.map(\.series)
    guard let subject, !training.hasDiverged else { return found }
    found.series += try seriesOfWeights(subject.network)
    if let pruning = cell.measurement(PruningLosses.self),
      let classifier = subject as? any ClassifyingTask
    {
      found.series.append(
        pruning.series(try parameters(pruning.names(in: cell), subject.network), of: classifier))
    }
    if let features { found.measures += FeatureSVM.measures(subject, layer: features) }
    return found
  }

  private func seriesOfWeights(_ network: Network) throws -> [Series] {
    var series: [Series] = []
    if let histogram = cell.measurement(WeightHistogram.self) {
      let chosen = try parameters(histogram.names(in: cell), network)
      series.append(
        Series(name: WeightHistogram.name, points: chosen.flatMap(histogram.points)))
    }
    if let maxima = cell.measurement(UnitMaxima.self) {
      let chosen = try parameters(maxima.names(in: cell), network)
      let points = chosen.flatMap { parameter in
        cell.layers.first { $0.parameters.contains(parameter.spec) }
          .map { maxima.points(of: parameter, in: $0) } ?? []
      }
      series.append(Series(name: UnitMaxima.name, points: points))
    }
    // One trial's pictures are enough to look at.
    if let filters = cell.measurement(Filters.self), cell.spec.trial == 1 {
      let layer = try filters.layer(in: cell)
      let chosen = try parameters(["\(layer.name).weight"], network)
      series += chosen.map { filters.pictures($0, of: layer) }
    }
    return series
  }

  private func parameters(_ names: [String], _ network: Network) throws -> [Parameter] {
    names.compactMap { name in network.parameters.first { $0.spec.name == name } }
  }
}

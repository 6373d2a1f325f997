import Canonical
import Engine

@testable import Runner
@testable import Study

/// The Euclidean norm of each layer's weights after every epoch.
struct WeightNorms: Measurement, Hashable {
  static let name = "weightNorms"
  static let summary = "the Euclidean norm of each layer's weights after every epoch"
  static let curves = "each parameter's name: norm against epochs done"
  static let figures = [
    FigureKind(
      name: name, heading: "Norms of weights",
      explanation: "The norm of each layer's weights in the course of training.", series: name,
      drawing: .curves(
        CurveStyle(x: "epoch", y: { _ in "norm" }, heading: { "Norm of \($0)" })))
  ]
  static let example: any Measurement = WeightNorms()

  static let blank = WeightNorms()
  static let fields: [Field<WeightNorms>] = []

  func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    try cell.needsOneNetwork(Self.name)
  }
}

extension WeightNorms: TakenMeasurement {
  /// It looks at weights alone.
  func images(in cell: MeasuredCell) -> Double { 0 }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    WeightNormsRecorder(try run.network(for: Self.name).network, run.scale)
  }
}

private final class WeightNormsRecorder: MeasurementRecorder {
  private let weights: [Parameter]
  private let scale: EpochScale
  /// By epoch. A checkpoint keeps them, so that an interrupted run goes on with them.
  private let norms: [NamedNumbers]

  init(_ network: Network, _ scale: EpochScale) {
    let weights = network.parameters.filter { $0.spec.role == .weight }
    self.weights = weights
    self.scale = scale
    norms = weights.map { NamedNumbers("weightNorms.\($0.spec.name)", count: scale.count) }
  }

  func finished(update: Int) {
    guard let epoch = scale.epoch(endingAfter: update) else { return }
    for (parameter, norm) in zip(weights, norms) {
      norm[epoch] = parameter.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
  }

  var state: TaskState { TaskState(numbers: norms) }

  func measure(_ training: FinishedTraining) -> FinalMeasurement {
    let points = zip(weights, norms).flatMap { parameter, norm in
      (0..<norm.count).map { epoch in
        SeriesPoint(curve: parameter.spec.name, x: scale.end(of: epoch), y: norm[epoch])
      }
    }
    return FinalMeasurement(series: [Series(name: WeightNorms.name, points: points)])
  }
}

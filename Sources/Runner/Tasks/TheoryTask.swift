import Canonical
import Datasets
import Engine
import Model
import Study

/// Computes a formula of a paper: nothing is trained, and the numbers do not depend on the trial unless
/// they are measured on random ones.
final class TheoryTask: Task {
  let totalUpdates = 0
  let imagesPerUpdate = 0

  /// Rows of random numbers in a pass of the engine.
  private static let batch = 64

  private let theory: TheorySpec
  private let shakeout: (drop: Double, c: Double)
  private let activation: DropActivation?
  private let network: Network
  /// The measured ratio, once it is there.
  private var measured: Double?

  /// Prepares the computation.
  /// - Throws: `RegularizerConflict`, `EngineError`.
  init(_ spec: CellSpec, _ theory: TheorySpec, pool: ThreadPool) throws {
    self.theory = theory
    shakeout = TheorySpec.shakeout(spec.regularizers)
    activation = spec.regularizer(DropActivation.self)
    network = try Network(
      theory.network.attaching(spec.regularizers), capacity: Self.batch, pool: pool,
      root: RandomRoot(seed: spec.streamSeed, trial: spec.trial), convolution: .automatic,
      passesInputGradient: false, stopwatch: nil)
  }

  func step(_ update: Int) -> Double { .nan }

  func evaluationIsDue(after update: Int) -> Bool { true }

  func evaluate(after update: Int) -> Evaluation {
    Evaluation(validationError: nil, testError: nil, measures: measures())
  }

  func series() throws -> [Series] {
    let points: [SeriesPoint]
    let grid = theory.grid
    switch theory.name {
    case .effectiveWeight:
      let regularizer = regularizer(.linear, [1])
      points = [("reversed", true), ("enhanced", false)].flatMap { curve, isReversed in
        grid.weights.map {
          SeriesPoint(
            curve: curve, x: $0, y: regularizer.effectiveWeight($0, isReversed: isReversed))
        }
      }
    case .regularizerCurve:
      let regularizer = regularizer(theory.model, [theory.input])
      points = grid.weights.map {
        SeriesPoint(curve: "regularizer", x: $0, y: regularizer.exact([$0]))
      }
    case .regularizerContour:
      let regularizer = regularizer(theory.model, [theory.input1, theory.input2])
      points = grid.weights.flatMap { second in
        grid.weights.map { first in
          SeriesPoint(
            curve: second.shortestText, x: first, y: regularizer.equation7([first, second]))
        }
      }
    case .shiftRatio:
      let curve: FormulaSpec.ShiftCurve = theory.samples == nil ? .theory : .measured
      points = [
        SeriesPoint(
          curve: curve.rawValue, x: activation?.keep ?? 1, y: measured ?? shiftRatio())
      ]
    }
    return [Series(name: theory.name.rawValue, points: points)]
  }

  var state: TaskState { TaskState() }

  var weights: [NamedArray] { [] }

  private func regularizer(
    _ model: GeneralizedLinearModel, _ inputs: [Double]
  ) -> ShakeoutRegularizer {
    ShakeoutRegularizer(model: model, inputs: inputs, drop: shakeout.drop, c: shakeout.c)
  }

  private func measures() -> [Measure] {
    let grid = theory.grid
    switch theory.name {
    case .effectiveWeight:
      let reversed = regularizer(.linear, [1]).effectiveWeight(1, isReversed: true)
      return [Measure(.reversedWeight, reversed)]
    case .regularizerCurve:
      let regularizer = regularizer(theory.model, [theory.input])
      let bound = regularizer.bound().map { [Measure(.bound, $0)] } ?? []
      return bound + extremes(regularizer, grid.weights.map { [$0] }, by: regularizer.exact)
    case .regularizerContour:
      let weights = grid.weights.flatMap { second in grid.weights.map { [$0, second] } }
      let regularizer = regularizer(theory.model, [theory.input1, theory.input2])
      return extremes(regularizer, weights, by: regularizer.equation7)
    case .shiftRatio:
      let ratio = shiftRatio()
      measured = ratio
      return [Measure(.shiftRatio, ratio)]
    }
  }

  /// The largest value on a grid, and the farthest that equation 7 is from the expectation.
  private func extremes(
    _ regularizer: ShakeoutRegularizer, _ grid: [[Double]], by value: ([Double]) -> Double
  ) -> [Measure] {
    let errors = grid.map { abs(regularizer.equation7($0) - regularizer.exact($0)) }
    return [
      Measure(.largestRegularizer, grid.map(value).max() ?? .nan),
      Measure(.equation7Error, errors.max() ?? .nan),
    ]
  }

  private func shiftRatio() -> Double {
    guard let samples = theory.samples else { return activation?.varianceShift ?? .nan }
    return GaussianShift(network).ratio(samples: samples)
  }
}

extension FormulaSpec: RunnableTask {
  func make(_ cell: CellSpec, dataset: Dataset, pool: ThreadPool) throws -> any Task {
    try TheoryTask(cell, theory, pool: pool)
  }

  func networks(_ cell: CellSpec) throws -> [NetworkSpec]? {
    [try theory.network.attaching(cell.regularizers)]
  }

  /// Nothing is trained.
  func operations(_ cell: CellSpec) -> Double { 0 }

  func evaluatedImages(_ setup: TrainingSetup, _ facts: DatasetFacts) -> Double { 0 }

  /// Nothing is learned.
  var keptNetworks: [KeptNetwork] { [] }
}

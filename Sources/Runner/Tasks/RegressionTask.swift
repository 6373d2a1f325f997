import Datasets
import Engine
import Model
import Study

/// Trains a network on noisy points of a curve and sets what it predicts against the curve itself, on
/// a grid (Liang, Khoo, Yang, section 5.1).
///
/// It has no errors in per cent. It measures `rmse`, the root of the mean squared distance from the
/// noise-free function on the grid; `training_rmse`, the same from the training points; and
/// `total_variation`, the length of the ups and downs of the prediction, which is small where it is
/// smooth.
final class RegressionTask: CourseTask {
  let course: TrainingCourse

  private let curve: CurveSpec
  private let points: CurvePoints
  private let network: Network
  private let trainer: TargetTrainer
  private var order: BatchOrder
  private let indices: UnsafeMutableBufferPointer<Int32>

  /// Builds the cell's network with its initial weights and draws its points.
  /// - Throws: errors of shapes, of regularizers and of the engine, and `RunnerError` for a cell
  ///   without a curve.
  init(
    _ spec: CellSpec, _ setup: TrainingSetup, facts: DatasetFacts, pool: ThreadPool
  ) throws {
    guard let curve = setup.dataset.curve else {
      throw RunnerError.impossibleCell(
        reason: "the data set \"\(setup.dataset.name)\" is no curve to learn")
    }
    let training = setup.recipe
    let root = RandomRoot(seed: spec.streamSeed, trial: spec.trial)
    self.curve = curve
    // Like the split of images, the points keep to the seed: arms with streams of their own share them.
    points = CurvePoints(curve, root: RandomRoot(seed: spec.seed, trial: spec.trial))
    network = try Network(
      spec.networkSpec(facts), capacity: training.batch, pool: pool, root: root,
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(training.initializer)
    trainer = TargetTrainer(
      network: network, objective: .meanSquaredError, optimizer: training.optimizer)
    course = TrainingCourse(setup, images: curve.points)
    order = BatchOrder(
      images: Array(0..<curve.points), batch: training.batch, lastBatch: training.lastBatch,
      root: root)
    indices = .allocate(capacity: training.batch)
  }

  deinit { indices.deallocate() }

  func step(_ update: Int) -> Double {
    let count = order.fill(update: update, into: indices)
    for place in 0..<count {
      network.input[place] = points.x[Int(indices[place])]
      trainer.targets[place] = points.y[Int(indices[place])]
    }
    return trainer.step(
      count: count, update: update,
      learningRate: course.learningRate(of: update), moment: course.moment(of: update))
  }

  func evaluate(after update: Int) -> Evaluation {
    let predicted = predictions(at: grid)
    let target = grid.indices.map { curve.target.value(at: CurveSpec.gridPoint($0)) }
    let variation = zip(predicted, predicted.dropFirst()).reduce(0) { $0 + abs($1.1 - $1.0) }
    return Evaluation(
      validationError: nil, testError: nil,
      measures: [
        Measure(.rmse, Self.rootMeanSquare(predicted, target)),
        Measure(
          name: "training_rmse",
          value: Self.rootMeanSquare(predictions(at: points.x), points.y.map(Double.init))),
        Measure(.totalVariation, variation),
      ])
  }

  func series() throws -> [Series] {
    let order = points.x.indices.sorted { (points.x[$0], $0) < (points.x[$1], $1) }
    let training = order.map {
      SeriesPoint(
        curve: Predictions.Curve.training.rawValue, x: Double(points.x[$0]),
        y: Double(points.y[$0]))
    }
    // A fifth of the grid's points draws the same picture.
    func onGrid(_ curve: Predictions.Curve, _ values: [Double]) -> [SeriesPoint] {
      stride(from: 0, to: values.count, by: 5).map {
        SeriesPoint(curve: curve.rawValue, x: CurveSpec.gridPoint($0), y: values[$0])
      }
    }
    let target = grid.indices.map { curve.target.value(at: CurveSpec.gridPoint($0)) }
    return [
      Series(
        name: Predictions.name,
        points: training + onGrid(.target, target) + onGrid(.prediction, predictions(at: grid)))
    ]
  }

  var state: TaskState { TaskState(arrays: trainer.state) }

  var weights: [NamedArray] { trainer.parameterArrays }

  private var grid: [Float] {
    (0..<CurveSpec.gridPoints).map { Float(CurveSpec.gridPoint($0)) }
  }

  /// What the network gives without noise.
  private func predictions(at x: [Float]) -> [Double] {
    var values: [Double] = []
    for start in stride(from: 0, to: x.count, by: network.capacity) {
      let count = min(network.capacity, x.count - start)
      for place in 0..<count { network.input[place] = x[start + place] }
      network.forward(count: count, trainingStep: nil)
      for place in 0..<count { values.append(Double(network.output[place])) }
    }
    return values
  }

  private static func rootMeanSquare(_ a: [Double], _ b: [Double]) -> Double {
    let sum = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (sum / Double(max(1, a.count))).squareRoot()
  }
}

extension RegressionSpec: RunnableTask {
  func make(_ cell: CellSpec, dataset: Dataset, pool: ThreadPool) throws -> any Task {
    try RegressionTask(cell, training, facts: dataset.facts, pool: pool)
  }

  /// The grid and the points.
  func evaluatedImages(_ setup: TrainingSetup, _ facts: DatasetFacts) -> Double {
    Double(facts.training + facts.test)
  }
}

import Canonical
import Datasets
import Engine
import Model

@testable import Runner
@testable import Study

/// A cell that learns to give back the negatives of images: what is white becomes black.
struct NegativeSpec: TrainedTask {
  static let blank = NegativeSpec()
  static let learner = "a network for negatives"
  static let learnsFromImages = true
  static let isClassifier = false
  static let hasValidationLoss = false
  static let figures: [FigureKind] = []

  var training = TrainingSetup.blank

  var tableMetrics: [Metric] { [.reconstructionLoss] }

  func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    network.output == .logOdds ? nil : "\(network.name) gives no log-odds of pixels"
  }

  func checkNeeds(_ facts: DatasetFacts, _ check: CellCheck) {}
}

extension NegativeSpec: RunnableTask {
  func make(_ cell: CellSpec, dataset: Dataset, pool: ThreadPool) throws -> any Runner.Task {
    try NegativeTask(cell, training, dataset: dataset, pool: pool)
  }
}

final class NegativeTask: CourseTask {
  let course: TrainingCourse
  private let feed: ImageFeed
  private let trainer: TargetTrainer

  init(
    _ cell: CellSpec, _ setup: TrainingSetup, dataset: Dataset, pool: ThreadPool
  ) throws {
    let root = RandomRoot(seed: cell.streamSeed, trial: cell.trial)
    feed = try ImageFeed(cell, setup, dataset: dataset, root: root)
    let network = try Network(
      cell.networkSpec(dataset.facts), capacity: setup.recipe.batch, pool: pool, root: root,
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(setup.recipe.initializer)
    trainer = TargetTrainer(
      network: network, objective: .sigmoidCrossEntropy, optimizer: setup.recipe.optimizer)
    course = TrainingCourse(setup, images: feed.training.count)
  }

  func step(_ update: Int) -> Double {
    takeTargets(feed.load(update: update, into: trainer.network.input))
    return trainer.step(
      count: lastCount, update: update, learningRate: course.learningRate(of: update),
      moment: course.moment(of: update))
  }

  func evaluate(after update: Int) -> Evaluation {
    var loss = 0.0
    feed.forEachBatch(feed.dataset.test, feed.test, into: [trainer.network.input]) { _, count in
      takeTargets(count)
      loss += trainer.evaluate(count: count)
    }
    return Evaluation(
      validationError: nil, testError: nil,
      measures: [
        Measure(name: Metric.reconstructionLoss.rawValue, value: loss / Double(feed.test.count))
      ])
  }

  var state: TaskState { TaskState(arrays: trainer.state) }

  var weights: [NamedArray] { trainer.parameterArrays }

  private var lastCount = 0

  private func takeTargets(_ count: Int) {
    lastCount = count
    for index in 0..<count * trainer.network.outputCount {
      trainer.targets[index] = 1 - trainer.network.input[index]
    }
  }
}

import Datasets
import Engine
import Model
import Study

/// Trains a network to give back its input, noise or not, and classifies images by a linear support
/// vector machine on its code, the units of the last hidden layer.
///
/// The errors of evaluations are the machine's: it is trained on the training images' codes, with the
/// cost C of those tried that has the lowest validation error (1 where nothing is held out).
final class AutoencoderTask: NetworkTask, CourseTask {
  let course: TrainingCourse

  /// Weights below this in magnitude count as small.
  static let smallWeight: Float = 0.005

  let feed: ImageFeed
  let network: Network
  private let trainer: TargetTrainer
  let root: RandomRoot
  private let code: String
  private let features: Int
  private let costs: SVMCosts

  /// Builds the cell's network with its initial weights.
  /// - Throws: errors of the split, of shapes, of regularizers and of the engine, and `RunnerError` for
  ///   a network without a code.
  init(
    _ spec: CellSpec, _ setup: TrainingSetup, costs: SVMCosts, dataset: Dataset, pool: ThreadPool
  ) throws {
    self.costs = costs
    let training = setup.recipe
    root = RandomRoot(seed: spec.streamSeed, trial: spec.trial)
    feed = try ImageFeed(spec, setup, dataset: dataset, root: root)
    let networkSpec = try spec.networkSpec(dataset.facts)
    let network = try Network(
      networkSpec, capacity: training.batch, pool: pool, root: root, convolution: .automatic,
      passesInputGradient: false, stopwatch: nil)
    network.initialize(training.initializer)
    let layer = networkSpec.layers.dropLast().last { network.featureCount(of: $0.name) != nil }
    guard let code = layer?.name, let features = network.featureCount(of: code) else {
      throw RunnerError.impossibleCell(reason: "\(networkSpec.name) has no hidden layer for a code")
    }
    self.network = network
    (self.code, self.features) = (code, features)
    trainer = TargetTrainer(
      network: network,
      objective: networkSpec.output == .logOdds ? .sigmoidCrossEntropy : .meanSquaredError,
      optimizer: training.optimizer)
    course = TrainingCourse(setup, images: feed.training.count)
  }

  func step(_ update: Int) -> Double {
    let count = feed.load(update: update, into: network.input)
    takeTargets(count)
    return trainer.step(
      count: count, update: update,
      learningRate: course.learningRate(of: update), moment: course.moment(of: update))
  }

  func evaluate(after update: Int) -> Evaluation {
    let training = codes(feed.dataset.training, feed.training)
    let validation = codes(feed.dataset.training, feed.validation)
    let test = codes(feed.dataset.test, feed.test)
    let chosen = FeatureClassifier(
      training.features, validation: validation.features, costs: costs, features: features,
      classes: feed.dataset.facts.classes)
    var measures = [
      Measure(.reconstructionLoss, test.lossSum / Double(max(1, feed.test.count))),
      Measure(.svmCost, chosen.cost),
    ]
    if let encoder = network.parameters.first(where: { $0.spec.role == .weight }) {
      let small = encoder.values.count { abs($0) < Self.smallWeight }
      measures.append(
        Measure(
          name: "small_encoder_weights",
          value: Double(small) / Double(encoder.values.count)))
    }
    return Evaluation(
      validationError: feed.validation.isEmpty ? nil : chosen.percentWrong(validation.features),
      testError: chosen.percentWrong(test.features),
      validationLoss: feed.validation.isEmpty
        ? nil : validation.lossSum / Double(feed.validation.count),
      measures: measures)
  }

  var state: TaskState { TaskState(arrays: trainer.state) }

  var weights: [NamedArray] { trainer.parameterArrays }

  var observeGradients: ((TrainingMoment) -> Void)? {
    get { trainer.observeGradients }
    set { trainer.observeGradients = newValue }
  }

  /// The codes of some images, and the sum of their losses.
  private func codes(
    _ images: ImageSet, _ chosen: [Int32]
  ) -> (features: LabelledFeatures, lossSum: Double) {
    var lossSum = 0.0
    let codes = feed.features(of: code, features, images, chosen, network) { count in
      takeTargets(count)
      lossSum += trainer.evaluate(count: count)
    }
    return (codes, lossSum)
  }

  /// The images themselves are the targets, without the noise that the network puts on them.
  private func takeTargets(_ count: Int) {
    trainer.targets.update(from: network.input, count: count * network.outputCount)
  }
}

extension AutoencoderSpec: RunnableTask {
  func make(_ cell: CellSpec, dataset: Dataset, pool: ThreadPool) throws -> any Task {
    try AutoencoderTask(cell, training, costs: costs, dataset: dataset, pool: pool)
  }

  /// The support vector machine learns from the codes of the training images.
  func evaluatedImages(_ setup: TrainingSetup, _ facts: DatasetFacts) -> Double {
    Double(setup.trainingImages(facts) + setup.dataset.validation + facts.test)
  }
}

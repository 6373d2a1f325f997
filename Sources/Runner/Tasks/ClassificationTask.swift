import Datasets
import Engine
import Model
import Study

/// Trains a network to classify images, perhaps after pre-training.
final class ClassificationTask: ClassifyingTask {
  let totalUpdates: Int
  var imagesPerUpdate: Int { course.imagesPerUpdate }

  let feed: ImageFeed
  let network: Network
  let root: RandomRoot
  private let trainer: ClassificationTrainer
  private let course: TrainingCourse
  private let pretrainer: (any Pretrainer)?
  private let pretrainingUpdates: Int
  private let prediction: MonteCarloPrediction?

  /// Builds the cell's network with its initial weights.
  /// - Parameter member: the number in a bagged ensemble, which has a bootstrap sample and, behind the
  ///   first, random numbers of its own; nil outside of one.
  /// - Throws: errors of the split, of shapes, of regularizers and of the engine.
  init(
    _ spec: CellSpec, _ setup: TrainingSetup, dataset: Dataset, pool: ThreadPool, member: Int? = nil
  ) throws {
    let training = setup.recipe
    root = RandomRoot(
      seed: spec.streamSeed, trial: spec.trial &+ UInt32(truncatingIfNeeded: (member ?? 0) << 20))
    feed = try ImageFeed(spec, setup, dataset: dataset, root: root, member: member)
    network = try Network(
      spec.networkSpec(dataset.facts), capacity: training.batch, pool: pool, root: root,
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    network.initialize(training.initializer)
    trainer = ClassificationTrainer(
      network: network, classes: dataset.facts.classes, optimizer: training.optimizer,
      clipping: training.clipNorm)
    course = TrainingCourse(setup, images: feed.training.count)
    let procedures = CellProcedures(spec)
    pretrainer = procedures.pretraining?.make(network, course.updatesPerEpoch)
    pretrainer?.start()
    pretrainingUpdates = pretrainer?.totalUpdates ?? 0
    totalUpdates = pretrainingUpdates + course.totalUpdates
    prediction = procedures.prediction
  }

  func step(_ number: Int) -> Double {
    let isPretraining = number < pretrainingUpdates
    let update = isPretraining ? number : number - pretrainingUpdates
    let count = feed.load(update: update, into: network.input)
    if isPretraining, let pretrainer { return pretrainer.step(count: count, update: update) }
    return trainer.step(
      count: count, labels: feed.labels, update: update,
      learningRate: course.learningRate(of: update), moment: course.moment(of: update))
  }

  /// The end of pre-training is evaluated too, so that no mean of losses goes over both.
  func evaluationIsDue(after number: Int) -> Bool {
    guard number > pretrainingUpdates else { return number > 0 && number == pretrainingUpdates }
    return course.evaluationIsDue(after: number - pretrainingUpdates)
  }

  func evaluate(after update: Int) -> Evaluation { Self.evaluate([self]) }

  func percentWrong(_ images: ImageSet, _ chosen: [Int32]) -> Double {
    100 * Double(Self.measure([self], images, chosen).errors) / Double(max(1, chosen.count))
  }

  var observeGradients: ((TrainingMoment) -> Void)? {
    get { trainer.observeGradients }
    set { trainer.observeGradients = newValue }
  }

  var state: TaskState { TaskState(arrays: trainer.state + (pretrainer?.buffers ?? [])) }

  var weights: [NamedArray] { trainer.parameterArrays }

  /// Evaluates the mean of some trainings of one cell; their splits are the same.
  static func evaluate(_ members: [ClassificationTask]) -> Evaluation {
    guard let first = members.first else {
      return Evaluation(validationError: nil, testError: .nan)
    }
    let feed = first.feed
    let validation =
      feed.validation.isEmpty
      ? nil : measure(members, feed.dataset.training, feed.validation)
    let test = measure(members, feed.dataset.test, feed.test)
    func percent(_ measurement: PredictionMeasurement, _ count: Int) -> Double {
      100 * Double(measurement.errors) / Double(max(1, count))
    }
    var measures: [Measure] = []
    if first.prediction != nil {
      let count = Double(max(1, feed.test.count))
      measures.append(Measure(.predictiveEntropy, test.entropySum / count))
      measures.append(Measure(.predictiveVariance, test.varianceSum / count))
    }
    if members.contains(where: { !$0.network.spec.penalties.isEmpty }) {
      let parameters = members.flatMap(\.network.parameters)
      measures.append(Measure(.sparsity, Sparsity(of: parameters).fraction))
    }
    return Evaluation(
      validationError: validation.map { percent($0, feed.validation.count) },
      testError: percent(test, feed.test.count),
      validationLoss: validation.map { $0.lossSum / Double(max(1, feed.validation.count)) },
      measures: measures)
  }

  /// What some images say of the members' mean.
  private static func measure(
    _ members: [ClassificationTask], _ images: ImageSet, _ chosen: [Int32]
  ) -> PredictionMeasurement {
    var measurement = PredictionMeasurement()
    guard let first = members.first else { return measurement }
    let isPlain = members.count == 1 && first.prediction == nil
    let feed = first.feed
    let ensemble =
      isPlain
      ? nil
      : EnsemblePrediction(
        noise: first.prediction, capacity: feed.batch, classes: feed.dataset.facts.classes)
    feed.forEachBatch(images, chosen, into: members.map(\.network.input)) { start, count in
      guard let ensemble else {
        let result = first.trainer.evaluate(count: count, labels: feed.labels)
        measurement.errors += result.errors
        measurement.lossSum += result.lossSum
        return
      }
      ensemble.reset()
      for member in members { ensemble.add(member.network, count: count, place: start) }
      ensemble.measure(count: count, labels: feed.labels, into: &measurement)
    }
    return measurement
  }
}

extension ClassificationSpec: RunnableTask {
  func make(_ cell: CellSpec, dataset: Dataset, pool: ThreadPool) throws -> any Task {
    if let members = CellProcedures(cell).members {
      return try BaggingTask(cell, training, members: members, dataset: dataset, pool: pool)
    }
    return try ClassificationTask(cell, training, dataset: dataset, pool: pool)
  }
}

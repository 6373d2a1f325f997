import Datasets
import Engine
import Model
import Study

/// Trains a network to classify images.
final class ClassificationTask: Task {
  let totalUpdates: Int
  let imagesPerUpdate: Int

  private let dataset: Dataset
  private let split: Split
  private let normalization: PixelNormalization
  private let images: TrainingImages
  private let network: Network
  private let trainer: ClassificationTrainer
  private let schedule: LearningRateSchedule
  private let evaluation: EvaluationSpec
  private let updatesPerEpoch: Int
  private var order: BatchOrder
  private let validation: [Int32]
  private let test: [Int32]
  private let indices: UnsafeMutableBufferPointer<Int32>
  private let epochs: UnsafeMutableBufferPointer<Int32>
  private let labels: UnsafeMutablePointer<Int32>

  /// Builds the cell's network with its initial weights.
  /// - Throws: errors of the split, of shapes, of regularizers and of the engine.
  init(_ spec: CellSpec, dataset: Dataset, pool: ThreadPool) throws {
    let training = spec.training
    let root = RandomRoot(seed: spec.streamSeed, trial: spec.trial)
    split = try Split(
      trainingCount: dataset.training.count, validation: spec.dataset.validation,
      size: spec.trainSize, seed: spec.seed)
    network = try Network(
      spec.networkSpec(dataset.facts), capacity: training.batch, pool: pool, root: root)
    network.initialize(training.initializer)
    trainer = ClassificationTrainer(
      network: network, classes: dataset.facts.classes, optimizer: training.optimizer)
    order = BatchOrder(
      images: split.training, batch: training.batch, lastBatch: training.lastBatch, root: root)
    normalization = PixelNormalization(
      spec.dataset, training: dataset.training, subset: split.training)
    images = TrainingImages(
      dataset.training, normalization, spec.dataTransforms, root: root)
    schedule = training.learningRate
    updatesPerEpoch = training.updatesPerEpoch(images: split.training.count)
    totalUpdates = training.totalUpdates(images: split.training.count)
    imagesPerUpdate = training.batch
    evaluation = spec.evaluation
    validation = split.validation.map(Int32.init)
    test = (0..<Int32(dataset.test.count)).map { $0 }
    indices = .allocate(capacity: training.batch)
    epochs = .allocate(capacity: training.batch)
    labels = .allocate(capacity: training.batch)
    self.dataset = dataset
  }

  deinit {
    indices.deallocate()
    epochs.deallocate()
    labels.deallocate()
  }

  func step(_ update: Int) -> Double {
    let count = order.fill(update: update, into: indices, epochs: epochs)
    let chosen = UnsafeBufferPointer(rebasing: indices[..<count])
    images.fill(network.input, chosen, epochs: UnsafeBufferPointer(epochs))
    PixelNormalization.fillLabels(labels, dataset.training, chosen)
    return trainer.step(
      count: count, labels: labels, update: update,
      learningRate: schedule.rate(update: update, updatesPerEpoch: updatesPerEpoch))
  }

  func evaluationIsDue(after update: Int) -> Bool {
    update > 0
      && evaluation.isDue(after: update, of: totalUpdates, updatesPerEpoch: updatesPerEpoch)
  }

  func evaluate() -> Evaluation {
    Evaluation(
      validationError: validation.isEmpty ? nil : errorRate(dataset.training, validation),
      testError: errorRate(dataset.test, test))
  }

  var state: [NamedArray] { trainer.state }

  var weights: [NamedArray] { trainer.parameterArrays }

  /// Percent of the images that are classified wrongly. Batches are as large as in training, so
  /// how sums are rounded depends on the recipe alone.
  private func errorRate(_ images: ImageSet, _ chosen: [Int32]) -> Double {
    var errors = 0
    chosen.withUnsafeBufferPointer { all in
      for start in stride(from: 0, to: all.count, by: imagesPerUpdate) {
        let end = min(all.count, start + imagesPerUpdate)
        load(images, UnsafeBufferPointer(rebasing: all[start..<end]))
        errors += trainer.evaluate(count: end - start, labels: labels).errors
      }
    }
    return 100 * Double(errors) / Double(max(1, chosen.count))
  }

  /// Fills the network's input and the labels with the chosen images.
  private func load(_ images: ImageSet, _ chosen: UnsafeBufferPointer<Int32>) {
    normalization.fill(network.input, images, chosen)
    PixelNormalization.fillLabels(labels, images, chosen)
  }
}

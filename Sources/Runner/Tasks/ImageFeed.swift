import Datasets
import Engine
import Model
import Study

/// Brings a data set's images to a network: batches of the training images in their order, and chosen
/// images for evaluation.
final class ImageFeed {
  /// The data.
  let dataset: Dataset
  /// Indices of the validation images among the training images.
  let validation: [Int32]
  /// Indices of all test images.
  let test: [Int32]
  /// Indices of the images that are trained on.
  let training: [Int32]
  /// Images in a batch, at most.
  let batch: Int
  private let normalization: PixelNormalization
  private let batches: TrainingBatches
  private let labelMemory: UnsafeMutablePointer<Int32>

  /// - Parameter member: the number of a bootstrap sample that is trained on in place of the training
  ///   images; nil for these.
  /// - Throws: `DatasetError` where there are not that many images.
  init(
    _ spec: CellSpec, _ setup: TrainingSetup, dataset: Dataset, root: RandomRoot, member: Int? = nil
  ) throws {
    let split = try Split(
      trainingCount: dataset.training.count, validation: setup.dataset.validation,
      size: setup.trainSize, seed: spec.seed,
      trial: setup.dataset.subset == .perTrial ? spec.trial : nil)
    self.dataset = dataset
    validation = split.validation.map(Int32.init)
    test = (0..<Int32(dataset.test.count)).map { $0 }
    training = split.training.map(Int32.init)
    batch = setup.recipe.batch
    normalization = PixelNormalization(
      setup.dataset, training: dataset.training, subset: split.training)
    let chosen = split.training
    batches = TrainingBatches(
      TrainingImages(
        dataset.training, normalization,
        // By all arms, then by this one.
        setup.dataset.augmentation.steps
          + spec.regularizers.compactMap { $0 as? any DataTransform }, root: root),
      of: dataset,
      order: BatchOrder(
        images: member.map { Bootstrap.sample(chosen, root: root, member: $0) } ?? chosen,
        batch: batch, lastBatch: setup.recipe.lastBatch, root: root), size: batch)
    labelMemory = .allocate(capacity: batch)
    labelMemory.initialize(repeating: 0, count: batch)
  }

  deinit { labelMemory.deallocate() }

  /// The labels of the images that were loaded last.
  var labels: UnsafePointer<Int32> { UnsafePointer(labelMemory) }

  /// Loads the training images of an update; returns how many they are.
  func load(update: Int, into input: UnsafeMutablePointer<Float>) -> Int {
    batches.load(update, into: input, labels: labelMemory)
  }

  /// Calls `body` with one batch of chosen images after the other, once it is loaded. Batches are as
  /// large as in training, so how sums are rounded depends on the recipe alone.
  func forEachBatch(
    _ images: ImageSet, _ chosen: [Int32], into inputs: [UnsafeMutablePointer<Float>],
    _ body: (_ start: Int, _ count: Int) -> Void
  ) {
    chosen.withUnsafeBufferPointer { all in
      for start in stride(from: 0, to: all.count, by: batch) {
        let end = min(all.count, start + batch)
        for input in inputs {
          load(images, UnsafeBufferPointer(rebasing: all[start..<end]), into: input)
        }
        body(start, end - start)
      }
    }
  }

  private func load(
    _ images: ImageSet, _ chosen: UnsafeBufferPointer<Int32>,
    into input: UnsafeMutablePointer<Float>
  ) {
    normalization.fill(input, images, chosen)
    PixelNormalization.fillLabels(labelMemory, images, chosen)
  }
}

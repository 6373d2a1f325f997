import Model
import Testing

@testable import Datasets
@testable import Runner

@Suite struct TrainingBatchesTests {
  private let root = RandomRoot(seed: 3, trial: 1)
  private let size = 16

  private func dataset() throws -> Dataset {
    try SyntheticImages.open(
      SyntheticSpec(
        shape: FeatureShape(height: 6, width: 5, channels: 2), classes: 4, training: 50, test: 10))
  }

  private func images(_ dataset: Dataset, _ transforms: [any DataTransform]) -> TrainingImages {
    let spec = DatasetSpec(name: "synthetic", validation: 0, scale: 0.01)
    return TrainingImages(
      dataset.training,
      PixelNormalization(spec, training: dataset.training, subset: Array(0..<50)), transforms,
      root: root)
  }

  private func order() -> BatchOrder {
    BatchOrder(images: Array(0..<50), batch: size, lastBatch: .keep, root: root)
  }

  /// Batches that were prepared beside their owner, or in its place, against the same made in turn.
  @Test(arguments: [true, false])
  func `every batch is a function of its number`(transformed: Bool) throws {
    let dataset = try dataset()
    let transforms: [any DataTransform] = transformed ? [Flip(), InputNoise(std: 0.1)] : []
    let batches = TrainingBatches(
      images(dataset, transforms), of: dataset, order: order(), size: size)
    let reference = images(dataset, transforms)
    #expect(reference.areTransformed == transformed)
    var inTurn = order()
    let numbers = size * dataset.training.shape.count
    var (pixels, labels) = (
      [Float](repeating: 0, count: numbers), [Int32](repeating: 0, count: size)
    )
    // In turn, then out of turn as after a restart, and the same batch twice.
    for update in [0, 1, 2, 3, 4, 9, 10, 2, 2, 3] {
      let count = batches.load(update, into: &pixels, labels: &labels)
      var (indices, epochs) = (
        [Int32](repeating: 0, count: size), [Int32](repeating: 0, count: size)
      )
      var expected = [Float](repeating: 0, count: numbers)
      let expectedCount = indices.withUnsafeMutableBufferPointer { indices in
        epochs.withUnsafeMutableBufferPointer { epochs in
          let count = inTurn.fill(update: update, into: indices, epochs: epochs)
          reference.fill(
            &expected, UnsafeBufferPointer(rebasing: indices[..<count]),
            epochs: UnsafeBufferPointer(epochs))
          return count
        }
      }
      let used = count * dataset.training.shape.count
      #expect(count == expectedCount)
      #expect(pixels[..<used] == expected[..<used], "batch \(update)")
      let training = dataset.training
      let allLabels = (0..<training.count).map { Int32(training.labels[$0]) }
      let expectedLabels = indices[..<count].map { allLabels[Int($0)] }
      #expect(labels[..<count].elementsEqual(expectedLabels))
    }
  }
}

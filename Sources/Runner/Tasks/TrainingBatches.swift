import Datasets
import Model

/// The batches of a training in their order. Where images are changed on their way (cropped, turned,
/// made noisy), the next batch is prepared on a thread of its own while the network learns from the
/// present one; what is in a batch depends on its number alone.
final class TrainingBatches {
  private let preparation: Preparation
  private let ahead: SideThread?
  private var prepared: Int?

  /// - Parameters:
  ///   - images: what becomes of the training images of `dataset`.
  ///   - size: images in a batch, at most.
  init(_ images: TrainingImages, of dataset: Dataset, order: BatchOrder, size: Int) {
    let preparation = Preparation(
      images, dataset, order, size: size, ahead: images.areTransformed)
    self.preparation = preparation
    ahead = images.areTransformed ? SideThread { preparation.prepare($0) } : nil
  }

  /// Writes the images of batch `update` (NHWC) and their labels; returns how many they are.
  func load(
    _ update: Int, into input: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard let ahead else { return preparation.fill(update, input, labels) }
    ahead.wait()
    // The first of a session, and whatever is asked for out of turn.
    if prepared != update { preparation.prepare(update) }
    let count = preparation.copy(to: input, labels)
    ahead.start(update + 1)
    prepared = update + 1
    return count
  }
}

/// What prepares batches, on one thread at a time.
private final class Preparation {
  private let images: TrainingImages
  /// Owns the bytes of the images, which must outlast the thread.
  private let dataset: Dataset
  private var order: BatchOrder
  private let indices: UnsafeMutableBufferPointer<Int32>
  private let epochs: UnsafeMutableBufferPointer<Int32>
  private let pixels: UnsafeMutableBufferPointer<Float>
  private let labels: UnsafeMutableBufferPointer<Int32>
  private var count = 0

  init(
    _ images: TrainingImages, _ dataset: Dataset, _ order: BatchOrder, size: Int, ahead: Bool
  ) {
    self.images = images
    self.dataset = dataset
    self.order = order
    indices = .allocate(capacity: size)
    epochs = .allocate(capacity: size)
    pixels = .allocate(capacity: ahead ? size * dataset.training.shape.count : 0)
    labels = .allocate(capacity: ahead ? size : 0)
  }

  deinit {
    indices.deallocate()
    epochs.deallocate()
    pixels.deallocate()
    labels.deallocate()
  }

  func fill(
    _ update: Int, _ input: UnsafeMutablePointer<Float>, _ labels: UnsafeMutablePointer<Int32>
  ) -> Int {
    let count = order.fill(update: update, into: indices, epochs: epochs)
    let chosen = UnsafeBufferPointer(rebasing: indices[..<count])
    images.fill(input, chosen, epochs: UnsafeBufferPointer(epochs))
    PixelNormalization.fillLabels(labels, dataset.training, chosen)
    return count
  }

  /// Fills this object's own memory with a batch.
  func prepare(_ update: Int) {
    guard let pixels = pixels.baseAddress, let labels = labels.baseAddress else { return }
    count = fill(update, pixels, labels)
  }

  /// Copies the batch that was prepared last; returns how many images it has.
  func copy(to input: UnsafeMutablePointer<Float>, _ target: UnsafeMutablePointer<Int32>) -> Int {
    guard let pixels = pixels.baseAddress, let labels = labels.baseAddress else { return 0 }
    input.update(from: pixels, count: count * dataset.training.shape.count)
    target.update(from: labels, count: count)
    return count
  }
}

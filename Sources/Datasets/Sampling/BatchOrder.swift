import Model

/// Which images are in which batch: a new permutation of the training images in each epoch, a
/// function of the root and the number of the update alone, so that a resumed training sees the
/// batches it would have seen.
package struct BatchOrder: Sendable {
  private let images: [Int]
  private let batch: Int
  private let lastBatch: TrainingSpec.LastBatch
  private let stream: RandomStream
  private var epoch = -1
  private var order: [Int] = []

  /// Orders `images`, indices into a data set's training images, of which there is at least one.
  package init(
    images: [Int], batch: Int, lastBatch: TrainingSpec.LastBatch, root: RandomRoot
  ) {
    precondition(!images.isEmpty && batch > 0, "batches need images")
    self.images = images
    self.batch = batch
    self.lastBatch = lastBatch
    stream = root.stream(.order, "training")
  }

  /// Writes the indices of the images of an update, counted from 0, into `indices`, which has room
  /// for a batch, and into `epochs`, if given, the epoch in which each of them is.
  /// - Returns: how many images are in this batch.
  package mutating func fill(
    update: Int, into indices: UnsafeMutableBufferPointer<Int32>,
    epochs: UnsafeMutableBufferPointer<Int32>? = nil
  ) -> Int {
    let count = images.count
    let first: Int
    let size: Int
    switch lastBatch {
    case .wrap:
      first = update * batch
      size = batch
    case .keep:
      let perEpoch = (count + batch - 1) / batch
      first = update / perEpoch * count + update % perEpoch * batch
      size = min(batch, count - update % perEpoch * batch)
    case .drop:
      let perEpoch = max(1, count / batch)
      first = update / perEpoch * count + update % perEpoch * batch
      size = min(batch, count)
    }
    for place in 0..<size {
      let position = first + place
      if position / count != epoch { shuffle(epoch: position / count) }
      indices[place] = Int32(truncatingIfNeeded: images[order[position % count]])
      epochs?[place] = Int32(truncatingIfNeeded: position / count)
    }
    return size
  }

  private mutating func shuffle(epoch next: Int) {
    epoch = next
    order = Permutation.random(count: images.count, stream: stream, position: UInt64(next))
  }
}

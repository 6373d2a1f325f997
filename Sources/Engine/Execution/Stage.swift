/// One parallel piece of a layer's forward or backward pass. Stages are made once, when a network
/// is compiled; performing one allocates nothing.
///
/// How a stage is cut into parts depends on shapes alone, never on the number of threads, and
/// every sum over parts is taken in the order of the parts: the same bits for any thread count.
struct Stage {
  /// How the work is cut.
  enum Partition: Equatable {
    /// One part for each of the network's lanes, which are fixed contiguous ranges of the batch.
    /// Neighbouring stages with this partition are run lane by lane without a barrier between
    /// them, so that a lane's activations stay in the cache.
    case lanes
    /// This many parts that the layer numbers itself, for example blocks of output features.
    case blocks(Int)
    /// One part.
    case whole
  }

  /// How the work is cut.
  let partition: Partition
  /// Does one part.
  let perform: (Part, Pass) -> Void

  /// Nothing, but all lanes are through with what comes before it. A layer that begins by writing
  /// into the workspace needs it: some lanes of the layer before may not be done with theirs.
  static var barrier: Stage { Stage(.whole) { _, _ in } }

  init(_ partition: Partition, _ perform: @escaping (Part, Pass) -> Void) {
    self.partition = partition
    self.perform = perform
  }
}

/// One part of a stage, on one thread.
struct Part {
  /// The lane's or block's number.
  let index: Int
  /// The samples of the batch that belong to the lane; the whole batch in other partitions. Empty
  /// where a short batch leaves nothing for a lane.
  let samples: Range<Int>
  /// This thread's scratch memory, at least as large as the largest that any layer asked for.
  let scratch: UnsafeMutablePointer<Float>
}

/// What one pass over a batch needs to know. One object lives as long as its network and is filled
/// in anew for each pass.
final class Pass {
  /// Samples in this batch, at most the network's capacity.
  var count = 0
  /// The update's number, which addresses the random numbers of noise; nil where none is drawn.
  var trainingStep: UInt64?
  /// Whether noise is drawn for a prediction, which learns nothing.
  var isPrediction = false
  /// Whether the backward pass is for the parameters' gradients too, and not only for the input's;
  /// layers may then save themselves the work.
  var learns = true
  /// Updates weights right behind their gradient; nil where gradients are left for later.
  var weightUpdate: WeightUpdate?
  /// Whether noise is drawn.
  var drawsNoise: Bool { trainingStep != nil }
  /// Whether noise is drawn and statistics are learned.
  var isTraining: Bool { trainingStep != nil && !isPrediction }
}

/// The fixed contiguous ranges into which a network cuts every batch. They follow from the
/// capacity alone, so neither the number of threads nor a short batch moves a boundary.
struct LanePlan: Equatable {
  /// More lanes balance better over threads, fewer need less memory for gradients by lane.
  static let most = 8

  /// The largest batch.
  let capacity: Int
  /// How many lanes.
  let count: Int

  init(capacity: Int) {
    self.capacity = capacity
    count = max(1, min(Self.most, capacity))
  }

  /// The samples of a lane in a batch of `samples`; empty where a short batch ends before it.
  func range(_ lane: Int, samples: Int) -> Range<Int> {
    let start = min(lane * capacity / count, samples)
    let end = min((lane + 1) * capacity / count, samples)
    return start..<end
  }

  /// The largest lane's number of samples.
  var widest: Int { (capacity + count - 1) / count }
}

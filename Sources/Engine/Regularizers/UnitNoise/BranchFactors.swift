import Model

/// One factor, 0 or 1, for all units of a sample, or of the batch (Huang et al. 2016).
struct BranchFactors: NoiseFactors {
  let mean: Float
  var inputNoise: InputMask.Noise? { nil }
  private let threshold: UInt32
  private let sharedByBatch: Bool
  private let units: Int
  private let stream: RandomStream

  init(drop: Double, sharedByBatch: Bool, units: Int, stream: RandomStream) {
    mean = Float(1 - drop)
    threshold = RandomBits.threshold(drop)
    self.sharedByBatch = sharedByBatch
    self.units = units
    self.stream = stream
  }

  func draw(step: UInt64, samples: Range<Int>) {}

  func multiply(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, sample: Int, step: UInt64
  ) {
    let index = sharedByBatch ? 0 : UInt32(truncatingIfNeeded: sample)
    if stream.block(position: step, index: index)[0] < threshold {
      y.update(repeating: 0, count: units)
    } else if UnsafePointer(y) != x {
      y.update(from: x, count: units)
    }
  }
}

extension UnitNoiseCompiler {
  func branchDrop(drop: Double, sharedByBatch: Bool) -> any NoiseFactors {
    BranchFactors(drop: drop, sharedByBatch: sharedByBatch, units: units, stream: stream)
  }
}

import Model

/// Factors 1 + σ·z with z from the standard normal distribution, one for each unit of each sample,
/// drawn once in a training step.
struct GaussianFactors: NoiseFactors {
  let mean: Float = 1
  var inputNoise: InputMask.Noise? { .gaussian(self) }
  /// σ.
  let deviation: Float
  private let units: Int
  /// Numbers of a sample; those of the next begin as `KeptBits` has them.
  private let sampleUnits: Int
  private let stream: RandomStream
  private let numbers: UnsafeMutablePointer<Float>

  init(variance: Double, units: Int, stream: RandomStream, context: LayerContext) {
    deviation = Float(variance.squareRoot())
    self.units = units
    sampleUnits = KeptBits.vectors(covering: units) * KeptBits.groupSize
    self.stream = stream
    // Evaluation multiplies what was never drawn by 0.
    numbers = context.arena.zeros(context.lanes.capacity * sampleUnits)
  }

  /// The normal numbers of a sample of the batch; those of following samples follow.
  @inline(__always)
  func row(_ sample: Int) -> UnsafeMutablePointer<Float> { numbers + sample * sampleUnits }

  func draw(step: UInt64, samples: Range<Int>) {
    let lanes = PhiloxLanes(stream, position: step)
    let groups = PhiloxLanes.groups(covering: units)
    for sample in samples {
      let row = row(sample)
      for group in 0..<groups {
        let z = lanes.normals(sample * groups + group)
        let place = row + group * PhiloxLanes.groupSize
        store(z.0, place)
        store(z.1, place + 8)
        store(z.2, place + 16)
        store(z.3, place + 24)
      }
    }
  }

  /// The factors of eight units of a row.
  @inline(__always)
  static func factor(_ row: UnsafePointer<Float>, _ unit: Int, deviation: Float) -> Vector {
    var factor = Vector(repeating: 1)
    factor.accumulate(Vector(repeating: deviation), load(row + unit))
    return factor
  }

  func multiply(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, sample: Int, step: UInt64
  ) {
    let row = row(sample)
    for unit in stride(from: 0, to: units, by: 8) {
      let factor = Self.factor(row, unit, deviation: deviation)
      store(load(x + unit) * factor, y + unit, column: unit, of: units)
    }
  }
}

extension UnitNoiseCompiler {
  func gaussian(variance: Double) -> any NoiseFactors {
    GaussianFactors(variance: variance, units: units, stream: stream, context: context)
  }
}

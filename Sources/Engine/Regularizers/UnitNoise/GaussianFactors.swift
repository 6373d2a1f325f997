import Model

/// Factors 1 + σ·z with z from the standard normal distribution, one for each unit of each sample.
/// They are drawn where they are used, forward and backward.
struct GaussianFactors: NoiseFactors {
  let mean: Float = 1
  private let deviation: Float
  private let units: Int
  private let stream: RandomStream

  init(variance: Double, units: Int, stream: RandomStream) {
    deviation = Float(variance.squareRoot())
    self.units = units
    self.stream = stream
  }

  func draw(step: UInt64, samples: Range<Int>) {}

  func multiply(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, sample: Int, step: UInt64
  ) {
    let lanes = PhiloxLanes(stream, position: step)
    let groups = PhiloxLanes.groups(covering: units)
    for group in 0..<groups {
      let z = lanes.normals(sample * groups + group)
      let first = group * PhiloxLanes.groupSize
      multiply(x, y, first, z.0)
      multiply(x, y, first + 8, z.1)
      multiply(x, y, first + 16, z.2)
      multiply(x, y, first + 24, z.3)
    }
  }

  @inline(__always)
  private func multiply(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ unit: Int, _ z: Vector
  ) {
    guard unit < units else { return }
    var factor = Vector(repeating: 1)
    factor.accumulate(Vector(repeating: deviation), z)
    store(load(x + unit) * factor, y + unit, column: unit, of: units)
  }
}

extension UnitNoiseCompiler {
  func gaussian(variance: Double) -> any NoiseFactors {
    GaussianFactors(variance: variance, units: units, stream: stream)
  }
}

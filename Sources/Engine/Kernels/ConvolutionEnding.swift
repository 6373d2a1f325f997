/// What a convolution does to a sum before it becomes an output.
struct ConvolutionEnding {
  let bias: UnsafePointer<Float>?
  /// Whether max(·, 0) follows; not-a-number stays.
  let relu: Bool
  /// Whether the sum is added to what the output holds.
  let adds: Bool
  /// What no output lies below.
  private let floor: Vector

  init(bias: UnsafePointer<Float>?, relu: Bool, adds: Bool) {
    self.bias = bias
    self.relu = relu
    self.adds = adds
    floor = Vector(repeating: relu ? 0 : -.infinity)
  }

  /// Eight outputs from their sums with bias.
  @inline(__always)
  func finished(_ sum: Vector, _ output: UnsafePointer<Float>) -> Vector {
    let sum = adds ? sum + load(output) : sum
    return sum.replacing(with: floor, where: sum .< floor)
  }

  /// One position's outputs from their sums.
  func finish(
    _ sums: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, channels: Int
  ) {
    for channel in stride(from: 0, to: channels, by: 8) {
      let sum = bias.map { load(sums + channel) + load($0 + channel) } ?? load(sums + channel)
      store(finished(sum, output + channel), output + channel, column: channel, of: channels)
    }
  }
}

/// The gradient of a linear layer's bias: the sum of the output's gradient, lane by lane and then in
/// the order of the lanes.
struct BiasSums {
  private let gradient: UnsafeMutablePointer<Float>
  private let channels: Int
  private let lanes: Int
  private let sums: UnsafeMutablePointer<Float>

  init(_ bias: Parameter, lanes: Int, context: LayerContext) {
    gradient = bias.gradientBase
    channels = bias.values.count
    self.lanes = lanes
    sums = context.arena.floats(lanes * channels)
  }

  /// Starts a lane.
  func clear(lane: Int) { (sums + lane * channels).update(repeating: 0, count: channels) }

  /// Adds some positions, one after the other.
  func add(
    lane: Int, _ delta: UnsafePointer<Float>, positions: Int, columnStride: Int
  ) {
    let own = sums + lane * channels
    for position in 0..<positions {
      let row = delta + position * columnStride
      for channel in 0..<channels { own[channel] += row[channel] }
    }
  }

  /// Adds the lanes.
  func reduce() {
    for channel in 0..<channels {
      var sum = sums[channel]
      for lane in stride(from: 1, to: lanes, by: 1) { sum += sums[lane * channels + channel] }
      gradient[channel] = sum
    }
  }
}

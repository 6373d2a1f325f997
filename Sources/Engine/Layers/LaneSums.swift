/// Parts of a linear layer's gradient, one for each lane, which are added in the order of the lanes.
struct LaneSums {
  /// Elements that one part of the reduction adds up.
  private static let block = 4096

  /// Numbers of a lane.
  let count: Int
  private let lanes: Int
  private let base: UnsafeMutablePointer<Float>

  init(_ count: Int, lanes: Int, arena: Arena) {
    self.count = count
    self.lanes = lanes
    base = arena.floats(lanes * count)
  }

  /// A lane's own part.
  func lane(_ lane: Int) -> UnsafeMutablePointer<Float> { base + lane * count }

  private var blocks: FixedBlocks { FixedBlocks(count, of: Self.block) }

  /// How many parts adding up takes.
  var parts: Int { blocks.count }

  /// Adds one part of the numbers up and hands out each sum with its number.
  @inline(__always)
  func reduce(part: Int, _ take: (Int, Float) -> Void) {
    for index in blocks[part] {
      var sum = base[index]
      for lane in 1..<max(lanes, 1) { sum += base[lane * count + index] }
      take(index, sum)
    }
  }

  /// The stage that adds up the lanes' gradients of weights, and of a bias.
  func reduction(to weights: Parameter, _ bias: BiasSums?) -> Stage {
    let gradient = weights.gradientBase
    return Stage(.blocks(parts)) { part, _ in
      reduce(part: part.index) { gradient[$0] = $1 }
      if part.index == 0 { bias?.reduce() }
    }
  }
}

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
    addRows(
      delta, count: positions, columns: channels, stride: columnStride,
      to: sums + lane * channels)
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

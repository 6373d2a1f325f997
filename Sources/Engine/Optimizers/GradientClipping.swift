import Model

/// Clipping by the global norm (Pascanu et al. 2013): where the norm of all gradients together is
/// above a limit, all are multiplied by limit/norm. The squares are summed in Double, in a fixed
/// order; a norm that is not a number leaves no gradient a number, so that a diverged network is
/// seen to have diverged.
final class GradientClipping {
  /// The largest norm.
  let limit: Double
  /// The norm before clipping, at the last update.
  private(set) var norm = 0.0
  private let blocks: [ParameterBlock]
  private let squares: UnsafeMutablePointer<Double>
  private var factor: Float = 1

  init(limit: Double, _ parameters: [Parameter]) {
    self.limit = limit
    blocks = ParameterBlock.blocks(of: parameters)
    squares = .allocate(capacity: max(blocks.count, 1))
    squares.initialize(repeating: 0, count: max(blocks.count, 1))
  }

  deinit { squares.deallocate() }

  /// To be run between the backward pass and the optimizer's update.
  var stages: [Stage] {
    [
      Stage(.blocks(blocks.count)) { [unowned self] part, _ in
        let block = blocks[part.index]
        squares[part.index] = squareSum(block.gradient, block.count)
      },
      Stage(.whole) { [unowned self] _, _ in
        var sum = 0.0
        for index in blocks.indices { sum += squares[index] }
        norm = sum.squareRoot()
        // Not-a-number is not within the limit.
        factor = norm <= limit ? 1 : Float(limit / norm)
      },
      Stage(.blocks(blocks.count)) { [unowned self] part, _ in
        guard factor != 1 else { return }
        scale(blocks[part.index].gradient, blocks[part.index].count, by: factor)
      },
    ]
  }
}

/// Σx², in Float within short runs and in Double over them.
func squareSum(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
  var total = 0.0
  for start in stride(from: 0, to: count, by: 512) {
    let end = min(start + 512, count)
    var sum = Vector.zero
    var index = start
    while index + 8 <= end {
      let value = load(x + index)
      sum.accumulate(value, value)
      index += 8
    }
    for lane in 0..<8 { total += Double(sum[lane]) }
    while index < end {
      total += Double(x[index]) * Double(x[index])
      index += 1
    }
  }
  return total
}

/// x ← factor·x.
func scale(_ x: UnsafeMutablePointer<Float>, _ count: Int, by factor: Float) {
  for index in 0..<count { x[index] *= factor }
}

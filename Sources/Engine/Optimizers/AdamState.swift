import Model

/// Adam on the parameters of a network: both running means and one fused pass over parameter,
/// gradient and means.
final class AdamState: OptimizerState {
  var learningRate = 0.0
  let buffers: [NamedArray]
  private let adam: Adam
  let blocks: [ParameterBlock]
  /// Mean of the gradient and mean of its square, for each parameter.
  private let means: [(first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>)]
  /// Updates done so far, as a float that a checkpoint can hold: exact up to 2²⁴.
  private let updates: UnsafeMutableBufferPointer<Float>
  private var step = AdamStep()

  /// Starts with means of zeros.
  init(_ adam: Adam, _ parameters: [Parameter]) {
    self.adam = adam
    blocks = ParameterBlock.blocks(of: parameters)
    var buffers: [NamedArray] = []
    func zeros(_ name: String, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
      let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
      values.initialize(repeating: 0)
      buffers.append(NamedArray(name: name, values: values))
      return values
    }
    means = parameters.map { parameter in
      let (name, count) = (parameter.spec.name, max(parameter.values.count, 1))
      return (
        zeros("\(name).gradientMean", count).baseAddress!,
        zeros("\(name).squareMean", count).baseAddress!
      )
    }
    updates = zeros("optimizer.updates", 1)
    self.buffers = buffers
  }

  deinit { for buffer in buffers { buffer.values.deallocate() } }

  var beginning: [Stage] { [Stage(.whole) { [unowned self] _, _ in advance() }] }

  /// Counts the update and computes its constants.
  private func advance() {
    updates[0] += 1
    let count = Int(updates[0])
    let firstCorrection = 1 - Self.power(adam.beta1, count)
    let secondCorrection = 1 - Self.power(adam.beta2, count)
    step = AdamStep(
      keep1: Float(adam.beta1), take1: Float(1 - adam.beta1), keep2: Float(adam.beta2),
      take2: Float(1 - adam.beta2), decay: Float(adam.weightDecay),
      rate: Float(learningRate / firstCorrection),
      rootFactor: Float(1 / secondCorrection.squareRoot()), epsilon: Float(adam.epsilon))
  }

  /// baseᵉˣᵖᵒⁿᵉⁿᵗ by squaring: the same bits with any C library.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  func update(_ block: ParameterBlock) {
    let means = means[block.parameter]
    adamUpdate(
      block.count, block.values, block.gradient, means.first + block.start,
      means.second + block.start, step)
  }
}

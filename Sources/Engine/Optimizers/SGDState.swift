import Model

/// Stochastic gradient descent on the parameters of a network: the momentum buffers and one fused
/// pass over parameter, gradient and buffer.
final class SGDState: OptimizerState {
  /// A run of neighbouring numbers of one parameter.
  private struct Block {
    let run: ParameterBlock
    /// nil without momentum.
    let velocity: UnsafeMutablePointer<Float>?
    let rateFactor: Double
    let decay: Float
  }

  /// The momentum buffers, in the order of the parameters; empty without momentum.
  let velocities: [(parameter: ParameterSpec, values: UnsafeMutableBufferPointer<Float>)]
  /// The learning rate of the next update.
  var learningRate = 0.0
  private let style: SGD.Style
  private let momentum: Float
  private let blocks: [Block]

  /// Starts with buffers of zeros, which makes the first step of Caffe's and PyTorch's the plain one.
  init(_ optimizer: SGD, _ parameters: [Parameter]) {
    style = optimizer.style
    momentum = Float(optimizer.momentum)
    var velocities: [(parameter: ParameterSpec, values: UnsafeMutableBufferPointer<Float>)] = []
    var blocks: [Block] = []
    for parameter in parameters where optimizer.momentum > 0 {
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: parameter.values.count)
      buffer.initialize(repeating: 0)
      velocities.append((parameter.spec, buffer))
    }
    for run in ParameterBlock.blocks(of: parameters) {
      let factors = optimizer.factors(for: parameters[run.parameter].spec)
      let velocity = velocities.isEmpty ? nil : velocities[run.parameter].values.baseAddress
      blocks.append(
        Block(
          run: run, velocity: velocity.map { $0 + run.start }, rateFactor: factors.learningRate,
          decay: Float(optimizer.weightDecay * factors.weightDecay)))
    }
    self.velocities = velocities
    self.blocks = blocks
  }

  deinit { for velocity in velocities { velocity.values.deallocate() } }

  var buffers: [NamedArray] {
    velocities.map { NamedArray(name: "\($0.parameter.name).velocity", values: $0.values) }
  }

  var stages: [Stage] {
    [
      Stage(.blocks(blocks.count)) { [unowned self] part, _ in
        // Backwards: the gradients written last are still in the cache.
        update(block: blocks.count - 1 - part.index)
      }
    ]
  }

  /// Updates one block from its gradient.
  func update(block index: Int) {
    let block = blocks[index]
    let (count, w, gradient) = (block.run.count, block.run.values, block.run.gradient)
    let rate = Float(learningRate * block.rateFactor)
    guard let velocity = block.velocity else {
      return Self.plain(count, w, gradient, rate, block.decay)
    }
    switch style {
    // The buffer holds −v of cuda-convnet's rule, which leaves Caffe's; the decay of biases is
    // already 0.
    case .caffe, .cudaConvnet:
      Self.caffe(count, w, gradient, velocity, rate, block.decay, momentum)
    case .pytorch: Self.pytorch(count, w, gradient, velocity, rate, block.decay, momentum)
    case .nesterov: Self.nesterov(count, w, gradient, velocity, rate, block.decay, momentum)
    }
  }

  /// w ← w − lr·(∇ + wd·w).
  private static func plain(
    _ count: Int, _ w: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
    _ rate: Float, _ decay: Float
  ) {
    for i in 0..<count {
      let step = gradient[i].addingProduct(decay, w[i])
      w[i] = w[i].addingProduct(-rate, step)
    }
  }

  /// v ← μv + lr·(∇ + wd·w); w ← w − v.
  private static func caffe(
    _ count: Int, _ w: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, _ rate: Float, _ decay: Float, _ momentum: Float
  ) {
    for i in 0..<count {
      let step = gradient[i].addingProduct(decay, w[i])
      let velocity = (rate * step).addingProduct(momentum, v[i])
      v[i] = velocity
      w[i] -= velocity
    }
  }

  /// v ← μv + (∇ + wd·w); w ← w − lr·v.
  private static func pytorch(
    _ count: Int, _ w: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, _ rate: Float, _ decay: Float, _ momentum: Float
  ) {
    for i in 0..<count {
      let velocity = gradient[i].addingProduct(decay, w[i]).addingProduct(momentum, v[i])
      v[i] = velocity
      w[i] = w[i].addingProduct(-rate, velocity)
    }
  }

  /// g ← ∇ + wd·w; v ← μv + g; w ← w − lr·(g + μv).
  private static func nesterov(
    _ count: Int, _ w: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, _ rate: Float, _ decay: Float, _ momentum: Float
  ) {
    for i in 0..<count {
      let step = gradient[i].addingProduct(decay, w[i])
      let velocity = step.addingProduct(momentum, v[i])
      v[i] = velocity
      w[i] = w[i].addingProduct(-rate, step.addingProduct(momentum, velocity))
    }
  }
}

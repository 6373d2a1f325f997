import Model

/// Stochastic gradient descent on the parameters of a network: the momentum buffers and one fused
/// pass over parameter, gradient and buffer.
final class SGDState {
  /// Parameters of a block, which one thread updates at a time.
  private static let blockSize = 32_768

  /// A run of neighbouring numbers of one parameter.
  private struct Block {
    let values: UnsafeMutablePointer<Float>
    let gradient: UnsafePointer<Float>
    /// nil without momentum.
    let velocity: UnsafeMutablePointer<Float>?
    let count: Int
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

  /// Starts with buffers of zeros, which makes the first step of both styles the plain one.
  init(_ optimizer: SGD, _ parameters: [Parameter]) {
    style = optimizer.style
    momentum = Float(optimizer.momentum)
    var velocities: [(parameter: ParameterSpec, values: UnsafeMutableBufferPointer<Float>)] = []
    var blocks: [Block] = []
    for parameter in parameters {
      guard let values = parameter.values.baseAddress,
        let gradient = parameter.gradient.baseAddress
      else { continue }
      var velocity: UnsafeMutablePointer<Float>?
      if optimizer.momentum > 0 {
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: parameter.values.count)
        buffer.initialize(repeating: 0)
        velocities.append((parameter.spec, buffer))
        velocity = buffer.baseAddress
      }
      let factors = optimizer.factors(for: parameter.spec.name)
      for start in stride(from: 0, to: parameter.values.count, by: Self.blockSize) {
        blocks.append(
          Block(
            values: values + start, gradient: UnsafePointer(gradient + start),
            velocity: velocity.map { $0 + start },
            count: min(Self.blockSize, parameter.values.count - start),
            rateFactor: factors.learningRate,
            decay: Float(optimizer.weightDecay * factors.weightDecay)))
      }
    }
    self.velocities = velocities
    self.blocks = blocks
  }

  deinit { for velocity in velocities { velocity.values.deallocate() } }

  /// Updates all parameters; parts are blocks of parameters, whatever the number of threads.
  var stage: Stage {
    Stage(.blocks(blocks.count)) { [unowned self] part, _ in update(block: part.index) }
  }

  /// Updates one block from its gradient.
  func update(block index: Int) {
    let block = blocks[index]
    let rate = Float(learningRate * block.rateFactor)
    switch (block.velocity, style) {
    case (let velocity?, .caffe):
      Self.caffe(block.count, block.values, block.gradient, velocity, rate, block.decay, momentum)
    case (let velocity?, .pytorch):
      Self.pytorch(block.count, block.values, block.gradient, velocity, rate, block.decay, momentum)
    case (nil, _): Self.plain(block.count, block.values, block.gradient, rate, block.decay)
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
}

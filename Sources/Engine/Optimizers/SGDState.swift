import Model

/// Stochastic gradient descent on the parameters of a network: the momentum buffers and one fused
/// pass over parameter, gradient and buffer.
final class SGDState: OptimizerState {
  private struct Factors {
    /// On the learning rate.
    let rate: Double
    let decay: Float
  }

  /// The momentum buffers, in the order of the parameters; empty without momentum.
  let velocities: [(parameter: ParameterSpec, values: UnsafeMutableBufferPointer<Float>)]
  /// The learning rate of the next update.
  var learningRate = 0.0
  private let style: SGD.Style
  private let momentum: Float
  let blocks: [ParameterBlock]
  /// By parameter.
  private let factors: [Factors]

  /// Starts with buffers of zeros, which makes the first step of Caffe's and PyTorch's the plain one.
  init(_ optimizer: SGD, _ parameters: [Parameter]) {
    style = optimizer.style
    momentum = Float(optimizer.momentum)
    var velocities: [(parameter: ParameterSpec, values: UnsafeMutableBufferPointer<Float>)] = []
    for parameter in parameters where optimizer.momentum > 0 {
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: parameter.values.count)
      buffer.initialize(repeating: 0)
      velocities.append((parameter.spec, buffer))
    }
    factors = parameters.map { parameter in
      let factors = optimizer.factors(for: parameter.spec)
      return Factors(
        rate: factors.learningRate, decay: Float(optimizer.weightDecay * factors.weightDecay))
    }
    self.velocities = velocities
    blocks = ParameterBlock.blocks(of: parameters)
  }

  deinit { for velocity in velocities { velocity.values.deallocate() } }

  var buffers: [NamedArray] {
    velocities.map { NamedArray(name: "\($0.parameter.name).velocity", values: $0.values) }
  }

  var beginning: [Stage] { [] }

  func update(_ block: ParameterBlock) {
    let (count, w, gradient) = (block.count, block.values, block.gradient)
    let factors = factors[block.parameter]
    let rate = Float(learningRate * factors.rate)
    guard !velocities.isEmpty, let base = velocities[block.parameter].values.baseAddress else {
      return Self.plain(count, w, gradient, rate, factors.decay)
    }
    let velocity = base + block.start
    switch style {
    // The buffer holds −v of cuda-convnet's rule, which leaves Caffe's; the decay of biases is
    // already 0.
    case .caffe, .cudaConvnet:
      Self.caffe(count, w, gradient, velocity, rate, factors.decay, momentum)
    case .pytorch: Self.pytorch(count, w, gradient, velocity, rate, factors.decay, momentum)
    case .nesterov: Self.nesterov(count, w, gradient, velocity, rate, factors.decay, momentum)
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

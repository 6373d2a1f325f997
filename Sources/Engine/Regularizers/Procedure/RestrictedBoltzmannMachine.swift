import Model

/// Bernoulli–Bernoulli restricted Boltzmann machine, trained by contrastive divergence with one step:
/// hidden states are sampled from the data, everything else is probabilities. Weights and hidden biases
/// are those of a fully connected layer; OpenBLAS with one thread computes all of it.
final class RestrictedBoltzmannMachine {
  private let visible: Int
  private let hidden: Int
  private let w: UnsafeMutablePointer<Float>
  private let hiddenBias: UnsafeMutablePointer<Float>
  private let visibleBias: UnsafeMutableBufferPointer<Float>
  private let velocity: UnsafeMutableBufferPointer<Float>
  private let hiddenVelocity: UnsafeMutableBufferPointer<Float>
  private let visibleVelocity: UnsafeMutableBufferPointer<Float>
  private let gradient: UnsafeMutablePointer<Float>
  private let (positive, negative, states): BatchArrays
  private let reconstruction: UnsafeMutablePointer<Float>
  private let stream: RandomStream
  private let name: String

  private typealias BatchArrays = (
    UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
  )

  /// The machine on a layer of a network; its visible biases and velocities are 0.
  /// - Parameter capacity: the largest batch.
  init(
    weights: Parameter, bias: Parameter, capacity: Int, stream: RandomStream, arena: Arena
  ) {
    hidden = bias.values.count
    visible = weights.values.count / hidden
    (w, hiddenBias) = (weights.base, bias.base)
    name = weights.spec.name
    self.stream = stream
    let (hidden, visible) = (hidden, visible)
    func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
      let array = UnsafeMutableBufferPointer(start: arena.floats(count), count: count)
      array.update(repeating: 0)
      return array
    }
    (visibleBias, visibleVelocity) = (zeros(visible), zeros(visible))
    (velocity, hiddenVelocity) = (zeros(hidden * visible), zeros(hidden))
    gradient = arena.floats(hidden * visible)
    (positive, negative, states) = (
      arena.floats(capacity * hidden), arena.floats(capacity * hidden),
      arena.floats(capacity * hidden)
    )
    reconstruction = arena.floats(capacity * visible)
  }

  /// What a checkpoint must hold beside the network's parameters.
  var buffers: [NamedArray] {
    [
      NamedArray(name: "\(name).rbm.visibleBias", values: visibleBias),
      NamedArray(name: "\(name).rbm.visibleVelocity", values: visibleVelocity),
      NamedArray(name: "\(name).rbm.velocity", values: velocity),
      NamedArray(name: "\(name).rbm.hiddenVelocity", values: hiddenVelocity),
    ]
  }

  /// target ← σ(v·Wᵀ + b), the hidden probabilities, samples × hidden.
  func hiddenProbabilities(
    _ v: UnsafePointer<Float>, count: Int, _ target: UnsafeMutablePointer<Float>
  ) {
    Matrix.timesTransposed(
      target, ldc: hidden, v, lda: visible, w, ldb: visible, m: count, n: hidden, k: visible)
    addBias(
      target, count: count, columns: hidden, stride: hidden, bias: UnsafePointer(hiddenBias),
      relu: false)
    sigmoidForward(target, target, count * hidden)
  }

  /// One update from a batch of visible probabilities, samples × visible.
  /// - Parameter step: addresses the random numbers.
  /// - Returns: the mean squared error of the reconstruction.
  func update(
    _ v: UnsafePointer<Float>, count: Int, step: UInt64, momentum: Double, _ rule: RBMPretraining
  ) -> Double {
    hiddenProbabilities(v, count: count, positive)
    sample(count: count, step: step)
    Matrix.times(
      reconstruction, ldc: visible, states, lda: hidden, w, ldb: visible, m: count, n: visible,
      k: hidden)
    addBias(
      reconstruction, count: count, columns: visible, stride: visible,
      bias: visibleBias.baseAddress.map { UnsafePointer($0) }, relu: false)
    sigmoidForward(reconstruction, reconstruction, count * visible)
    hiddenProbabilities(reconstruction, count: count, negative)
    Matrix.transposedTimes(
      gradient, ldc: visible, positive, lda: hidden, v, ldb: visible, m: hidden, n: visible,
      k: count)
    // Signs are turned so that the second product can be subtracted by adding.
    for index in 0..<count * hidden { negative[index] = -negative[index] }
    Matrix.transposedTimes(
      gradient, ldc: visible, negative, lda: hidden, reconstruction, ldb: visible, m: hidden,
      n: visible, k: count, beta: 1)
    let rate = Float(rule.learningRate / Double(count))
    let (mu, cost) = (Float(momentum), Float(rule.learningRate * rule.weightCost))
    for index in 0..<hidden * visible {
      velocity[index] = mu * velocity[index] + rate * gradient[index] - cost * w[index]
      w[index] += velocity[index]
    }
    for unit in 0..<hidden {
      var sum: Float = 0
      for sample in 0..<count {
        sum += positive[sample * hidden + unit] + negative[sample * hidden + unit]
      }
      hiddenVelocity[unit] = mu * hiddenVelocity[unit] + rate * sum
      hiddenBias[unit] += hiddenVelocity[unit]
    }
    var error = 0.0
    for unit in 0..<visible {
      var sum: Float = 0
      for sample in 0..<count {
        let difference = v[sample * visible + unit] - reconstruction[sample * visible + unit]
        sum += difference
        error += Double(difference * difference)
      }
      visibleVelocity[unit] = mu * visibleVelocity[unit] + rate * sum
      visibleBias[unit] += visibleVelocity[unit]
    }
    return error / Double(count * visible)
  }

  /// states ← 1 with the hidden probabilities, else 0.
  private func sample(count: Int, step: UInt64) {
    let lanes = PhiloxLanes(stream, position: step)
    for sample in 0..<count {
      let (p, h) = (positive + sample * hidden, states + sample * hidden)
      lanes.forEachVector(ofSample: sample, units: hidden) { unit, bits in
        let isOn = PhiloxLanes.uniform(bits) .< load(p + unit)
        store(
          Vector.zero.replacing(with: 1, where: isOn), h + unit, column: unit, of: hidden)
      }
    }
  }
}

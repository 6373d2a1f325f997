import Model

/// The backward pass of a network of logistic units whose loss has the regularizer of marginalized
/// noise (see `MarginalizedNoise` in the model): it takes the place of the network's own, because the
/// regularizer depends on outputs, hidden units and weights all at once.
///
/// Everything that belongs to samples is done lane by lane; the gradients of weights are sums over the
/// whole batch, cut into blocks of rows. The loss's gradient with respect to the outputs must be there.
final class MarginalizedNoiseBackward: LossTermPass {
  private let network: Network
  private let noise: MarginalizedNoise
  let hidden: [MarginalizedHidden]
  let output: MarginalizedOutput
  /// By hidden layer: of the outputs with respect to its layer below, where samples need it.
  let jacobians: [MarginalizedJacobian?]
  private var regions: [Region] = []

  /// Rows of a block of a weight gradient.
  private static let rows = 64

  /// For a network of the kind that `MarginalizedNoise.attached` lets through.
  init(_ noise: MarginalizedNoise, _ layers: LogisticLayers, _ network: Network) {
    self.network = network
    self.noise = noise
    let (capacity, arena) = (network.capacity, network.arena)
    func parameter(_ name: String) -> Parameter {
      guard let found = network.parameters.first(where: { $0.spec.name == name }) else {
        preconditionFailure("\(network.spec.name) has no parameter \(name)")
      }
      return found
    }
    func maps(_ name: String) -> FeatureMaps {
      guard let found = network.maps(of: name) else {
        preconditionFailure("\(network.spec.name) has no maps of \(name)")
      }
      return found
    }
    var below = FeatureMaps(
      base: network.input, shape: network.spec.input, stride: network.spec.input.channels)
    var hidden: [MarginalizedHidden] = []
    for (dense, activation) in zip(layers.dense, layers.hidden) {
      let z = maps(activation)
      hidden.append(
        MarginalizedHidden(
          z: z, below: below, weights: parameter("\(dense).weight"),
          bias: parameter("\(dense).bias"), arena, capacity: capacity))
      below = z
    }
    self.hidden = hidden
    let last = layers.dense[layers.dense.count - 1]
    output = MarginalizedOutput(
      logits: maps(last), below: below, gradient: network.outputGradient,
      weights: parameter("\(last).weight"), bias: parameter("\(last).bias"), arena,
      capacity: capacity)
    let rows = capacity * output.classes
    let needed = Self.jacobianLayers(noise, hidden: hidden.count)
    jacobians = hidden.indices.map { layer in
      needed.contains(layer)
        ? MarginalizedJacobian(
          units: hidden[layer].units, inputs: hidden[layer].inputs, rows: rows, arena) : nil
    }
    regions = network.regions(of: stages)
  }

  /// The hidden layers below which each sample's Jacobian is needed.
  private static func jacobianLayers(_ noise: MarginalizedNoise, hidden count: Int) -> Set<Int> {
    switch (noise.form, count) {
    case (.exact, 1): noise.on.hasInput ? [0] : []
    case (.exact, _): noise.on.hasInput ? [0, 1] : [1]
    case (.approx, 2): noise.on.hasInput ? [1] : []
    case (.approx, _), (.approxRecursive, _): []
    }
  }

  /// Computes all gradients of the mean loss with the regularizer.
  func run() { network.run(regions) }

  /// R of each sample of the last batch.
  func penalties(count: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: output.penalty, count: count))
  }

  private var stages: [Stage] {
    let matrices =
      hidden.map { ($0.w, $0.wSquared, $0.units, $0.inputs) }
      + [(output.w, output.wSquared, output.classes, output.inputs)]
    let squaring = matrices.map { w, squared, rows, columns in
      let blocks = FixedBlocks(rows, of: Self.rows)
      return Stage(.blocks(blocks.count)) { part, _ in
        let range = blocks[part.index]
        let start = range.lowerBound * columns
        square(w + start, squared + start, range.count * columns)
      }
    }
    let lanes = Stage(.lanes) { [unowned self] part, pass in
      guard !part.samples.isEmpty else { return }
      let lane = MarginalizedNoiseLane(
        noise: noise, hidden: hidden, output: output, jacobians: jacobians, rows: part.samples,
        lambda: Float(noise.lambda) / Float(pass.count))
      lane.run(count: pass.count)
    }
    let weights = hidden.indices.map { layer in
      let blocks = FixedBlocks(hidden[layer].units, of: Self.rows)
      return Stage(.blocks(blocks.count)) { [unowned self] part, pass in
        addWeightGradient(layer, blocks[part.index], count: pass.count)
      }
    }
    let last = Stage(.whole) { [unowned self] _, pass in outputGradient(count: pass.count) }
    return squaring + [lanes] + weights + [last]
  }

  /// For some units of a hidden layer: dW = dhᵀ·z_below + 2W∘[(λc∘s²)ᵀ(z_below∘z_below) + …] + Aᵀ·∂R/∂J.
  private func addWeightGradient(_ number: Int, _ units: Range<Int>, count: Int) {
    let layer = hidden[number]
    let (n, inputs, first) = (layer.units, layer.inputs, units.lowerBound)
    let gradient = layer.gradient + first * inputs
    Matrix.transposedTimes(
      gradient, ldc: inputs, layer.dz + first, lda: n, layer.below, ldb: inputs, m: units.count,
      n: inputs, k: count)
    sumRows(
      layer.dz + first, count: count, columns: units.count, stride: n,
      into: layer.biasGradient + first)
    if noise.form != .exact, number < hidden.count - 1 ? noise.on.hasInput : usesSquares {
      let extra = layer.extra + first * inputs
      Matrix.transposedTimes(
        extra, ldc: inputs, layer.p + first, lda: n, layer.belowSquared, ldb: inputs,
        m: units.count, n: inputs, k: count)
      if noise.form == .approxRecursive, number == 1, noise.on.hasInput {
        // F = c∘s² of this layer, by the coefficients of the layer below.
        let lower = hidden[0]
        Matrix.transposedTimes(
          extra, ldc: inputs, layer.u + first, lda: n, lower.dc, ldb: inputs, m: units.count,
          n: inputs, k: count, beta: 1)
      }
      addProduct(layer.w + first * inputs, extra, times: 2, to: gradient, units.count * inputs)
    }
    if let jacobian = jacobians[number] {
      Matrix.transposedTimes(
        gradient, ldc: inputs, jacobian.a + first, lda: n, jacobian.g, ldb: inputs,
        m: units.count, n: inputs, k: count * output.classes, beta: 1)
    }
  }

  /// Whether the layer below the last hidden one is noisy, so that the last hidden layer's weights are
  /// penalized by their squares; also where the recursion passes through them.
  private var usesSquares: Bool {
    hidden.count == 1 ? noise.on.hasInput : noise.on.hasHidden || noise.form == .approxRecursive
  }

  /// dB = daᵀ·z + 2[(oᵀ g)∘B − oᵀ(g∘M)] + 2B∘[(o∘(1 − o))ᵀ g′] + Σ dA∘s.
  private func outputGradient(count: Int) {
    let (classes, inputs) = (output.classes, output.inputs)
    let top = hidden[hidden.count - 1]
    let (size, gradient, extra) = (classes * inputs, output.gradient, output.extra)
    func product(
      _ target: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>,
      _ b: UnsafePointer<Float>, adds: Bool = false
    ) {
      Matrix.transposedTimes(
        target, ldc: inputs, a, lda: classes, b, ldb: inputs, m: classes, n: inputs, k: count,
        beta: adds ? 1 : 0)
    }
    product(gradient, output.da, top.z)
    sumRows(
      output.da, count: count, columns: classes, stride: classes, into: output.biasGradient)
    product(extra, output.o, output.gVariance)
    product(extra, output.spread, output.gPrinted, adds: true)
    addProduct(extra, output.w, times: 2, to: gradient, size)
    product(extra, output.o, output.gMean)
    for index in 0..<size { gradient[index] -= 2 * extra[index] }
    guard let jacobian = jacobians[hidden.count - 1] else { return }
    for sample in 0..<count {
      for k in 0..<classes {
        addProduct(
          jacobian.da + (sample * classes + k) * inputs, top.s + sample * inputs, times: 1,
          to: gradient + k * inputs, inputs)
      }
    }
  }
}

extension LossTermCompiler {
  func visit(_ noise: MarginalizedNoise, on layers: LogisticLayers) -> any LossTermPass {
    MarginalizedNoiseBackward(noise, layers, network)
  }
}

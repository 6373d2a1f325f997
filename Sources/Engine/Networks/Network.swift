import Model

/// A compiled network: weights, activations and gradients for batches up to a fixed capacity.
///
/// Results are the same bits for every number of threads of the pool. Not to be used from two
/// threads at once.
package final class Network {
  /// What was compiled.
  package let spec: NetworkSpec
  /// The largest batch.
  package let capacity: Int
  /// Learned arrays in the specification's order.
  package let parameters: [Parameter]
  /// Running statistics in the specification's order.
  package let statistics: [Statistic]
  /// The batch, capacity × `spec.input.count`, channels last; to be filled before `forward`.
  package let input: UnsafeMutablePointer<Float>
  /// The last layer's output (logits), capacity × `outputCount`.
  package let output: UnsafeMutablePointer<Float>
  /// The loss's gradient with respect to `output`; to be filled before `backward`.
  package let outputGradient: UnsafeMutablePointer<Float>
  /// The loss's gradient with respect to `input`, after `backward`; nil unless asked for.
  package let inputGradient: UnsafeMutablePointer<Float>?
  /// Numbers per sample in `output`.
  package let outputCount: Int

  /// The parameters that a backward pass can update itself.
  let updatedBackward: [Parameter]
  let pool: ThreadPool
  let lanes: LanePlan
  let pass = Pass()
  let arena: Arena
  let root: RandomRoot
  let scratch = ThreadScratch()
  private let stopwatch: LayerStopwatch?
  private let forwardRegions: [Region]
  private let backwardRegions: [Region]
  private let outputs: [String: FeatureMaps]

  /// Compiles a network. The weights are undefined until `initialize` or a checkpoint sets them.
  /// - Parameters:
  ///   - capacity: the largest batch, at least 1; it fixes the lanes, and with them the bits.
  ///   - pool: the threads to use; several networks may share one, one after the other.
  ///   - root: the random numbers of noise layers and initial weights.
  ///   - convolution: how convolutions are computed; part of what fixes the bits.
  ///   - passesInputGradient: whether `backward` computes the gradient of the input too.
  ///   - stopwatch: adds up the time of every layer; nil, as usual, measures nothing.
  /// - Throws: `EngineError` where layers do not fit or the capacity is below 1.
  package convenience init(
    _ spec: NetworkSpec, capacity: Int, pool: ThreadPool, root: RandomRoot,
    convolution: ConvolutionAlgorithm, passesInputGradient: Bool, stopwatch: LayerStopwatch?
  ) throws(EngineError) {
    try self.init(
      spec, capacity: capacity, pool: pool, root: root, convolution: convolution,
      passesInputGradient: passesInputGradient, stopwatch: stopwatch, arena: Arena())
  }

  /// Bytes of the arrays of a network: weights, their gradients, and activations for batches up to a
  /// capacity.
  package static func byteCount(
    of spec: NetworkSpec, capacity: Int
  ) throws(EngineError) -> Int {
    let arena = Arena(isOnlyCounted: true)
    _ = try Network(
      spec, capacity: capacity, pool: ThreadPool(threads: 1), root: RandomRoot(seed: 0, trial: 0),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil, arena: arena)
    return arena.byteCount
  }

  private init(
    _ spec: NetworkSpec, capacity: Int, pool: ThreadPool, root: RandomRoot,
    convolution: ConvolutionAlgorithm, passesInputGradient: Bool, stopwatch: LayerStopwatch?,
    arena: Arena
  ) throws(EngineError) {
    guard capacity >= 1 else { throw EngineError.capacity(capacity) }
    try CPU.prepareOpenBLAS(threads: pool.threads)
    self.spec = spec
    self.capacity = capacity
    self.pool = pool
    self.root = root
    self.stopwatch = stopwatch
    lanes = LanePlan(capacity: capacity)
    self.arena = arena
    let context = LayerContext(
      arena: arena, lanes: lanes, root: root, convolution: convolution)
    let product = try NetworkCompiler(context: context).compile(
      spec, passesInputGradient: passesInputGradient)
    parameters = product.parameters
    statistics = product.statistics
    outputs = product.outputs
    input = product.input.base
    output = product.output.base
    outputGradient = product.outputGradient.base
    inputGradient = product.inputGradient?.base
    outputCount = product.output.shape.count
    context.workspace.reserve(from: arena)
    scratch.reserve(context.scratchFloats, threads: pool.threads, from: arena)
    updatedBackward = product.layers.flatMap(\.updated)
    let stages = NetworkStages(product.layers, lanes: lanes, stopwatch: stopwatch)
    forwardRegions = Region.regions(
      of: stages.forward, lanes: lanes, pass: pass, scratch: scratch)
    backwardRegions = Region.regions(
      of: stages.backward, lanes: lanes, pass: pass, scratch: scratch)
  }

  /// Computes `output` from `input`.
  /// - Parameters:
  ///   - count: samples in the batch, 0 … `capacity`.
  ///   - trainingStep: the update's number, which addresses the noise; nil in evaluation.
  package func forward(count: Int, trainingStep: UInt64?) {
    precondition((0...capacity).contains(count), "a batch of \(count) in a network for \(capacity)")
    pass.count = count
    pass.trainingStep = trainingStep
    pass.isPrediction = false
    run(forwardRegions)
  }

  /// Computes `output` from `input` as in evaluation, but with noise: normalizations use their running
  /// statistics and learn nothing.
  /// - Parameter noise: addresses the noise; numbers from 2⁴³ on are none of a training's.
  package func predict(count: Int, noise: UInt64) {
    precondition((0...capacity).contains(count), "a batch of \(count) in a network for \(capacity)")
    pass.count = count
    pass.trainingStep = noise
    pass.isPrediction = true
    run(forwardRegions)
  }

  /// Computes all parameters' gradients (overwriting them) from `outputGradient` and the last
  /// forward pass, which must have been a training pass if the network has noise.
  /// - Parameter learns: whether the parameters' gradients are wanted; without, they are undefined.
  package func backward(learns: Bool = true) {
    pass.learns = learns
    run(backwardRegions)
  }

  /// Draws initial values of all parameters and starts the statistics anew.
  /// - Parameter fallback: the rule for parameters whose layer names none.
  package func initialize(_ fallback: Initializer) {
    for parameter in parameters {
      Initializing.fill(parameter.values, parameter.spec, fallback: fallback, root: root)
    }
    for statistic in statistics { statistic.reset() }
  }

  /// What a layer wrote in the last forward pass, changed by layers behind it that work in place; nil
  /// for a name that is none of a layer with maps of its own.
  func maps(of layer: String) -> FeatureMaps? { outputs[layer] }

  /// Numbers per sample that a layer gives; nil where no memory holds them after a forward pass (a
  /// normalization that a convolution applies while it reads; a layer before a ReLU that became part
  /// of it shares the ReLU's).
  package func featureCount(of layer: String) -> Int? {
    guard let maps = outputs[layer], maps.isGapless else { return nil }
    return maps.shape.count
  }

  /// Copies what a layer gave in the last forward pass, samples × `featureCount` numbers.
  package func copyFeatures(of layer: String, count: Int, to target: inout [Float]) {
    guard let maps = outputs[layer], maps.isGapless else { return }
    precondition(target.count >= count * maps.shape.count, "room for \(count) samples' features")
    for index in 0..<count * maps.shape.count { target[index] = maps.base[index] }
  }

  /// Runs stages of somebody else (a loss, an optimizer) on this network's lanes and threads.
  func regions(of stages: [Stage]) -> [Region] {
    let timed = stopwatch?.timed(stages, lanes: lanes) ?? stages
    return Region.regions(of: timed, lanes: lanes, pass: pass, scratch: scratch)
  }

  /// Performs regions in order, each to its end before the next begins.
  func run(_ regions: [Region]) {
    for region in regions { pool.run(region.parts, region) }
  }
}

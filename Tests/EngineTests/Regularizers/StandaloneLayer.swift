import Model
import TestSupport

@testable import Engine

/// One layer on memory of its own, so that tests see the gradient of its input.
final class StandaloneLayer {
  let ports: LayerPorts
  private let context: LayerContext
  private let pool: ThreadPool
  private let pass = Pass()
  private var forwardRegions: [Region] = []
  private var backwardRegions: [Region] = []
  private var layer: CompiledLayer?

  /// Makes a layer between vectors.
  convenience init(
    inputs: Int, outputs: Int, capacity: Int, threads: Int = 1,
    root: RandomRoot = RandomRoot(seed: 1, trial: 1), passesGradient: Bool = true,
    _ make: (StandaloneLayer, LayerPorts, LayerContext) -> CompiledLayer
  ) {
    self.init(
      input: FeatureShape(vector: inputs), output: FeatureShape(vector: outputs),
      capacity: capacity, threads: threads, root: root, passesGradient: passesGradient, make)
  }

  /// Makes a layer between maps.
  /// - Parameters:
  ///   - gap: foreign channels behind those of the four maps, which make them slices.
  ///   - accumulates: whether the input's gradient is added to what is there.
  init(
    input: FeatureShape, output: FeatureShape, capacity: Int, threads: Int = 1,
    root: RandomRoot = RandomRoot(seed: 1, trial: 1), passesGradient: Bool = true, gap: Int = 0,
    accumulates: Bool = false, convolution: ConvolutionAlgorithm = .automatic,
    _ make: (StandaloneLayer, LayerPorts, LayerContext) -> CompiledLayer
  ) {
    let context = LayerContext(
      arena: Arena(), lanes: LanePlan(capacity: capacity), root: root, convolution: convolution)
    func maps(_ shape: FeatureShape) -> FeatureMaps {
      let count = capacity * shape.positions * (shape.channels + gap)
      let base = context.arena.floats(count)
      base.update(repeating: Self.foreign, count: count)
      return FeatureMaps(base: base, shape: shape, stride: shape.channels + gap)
    }
    self.context = context
    ports = LayerPorts(
      input: maps(input), output: maps(output), inputGradient: passesGradient ? maps(input) : nil,
      outputGradient: maps(output), accumulates: accumulates)
    pool = ThreadPool(threads: threads)
    let layer = make(self, ports, context)
    self.layer = layer
    context.workspace.reserve(from: context.arena)
    let scratch = ThreadScratch()
    scratch.reserve(context.scratchFloats, threads: threads, from: context.arena)
    forwardRegions = Region.regions(
      of: layer.forward, lanes: context.lanes, pass: pass, scratch: scratch)
    backwardRegions = Region.regions(
      of: layer.backward + layer.reduction, lanes: context.lanes, pass: pass,
      scratch: scratch)
  }

  /// A parameter with the given values and a gradient of rubbish.
  func parameter(_ name: String, _ role: ParameterSpec.Role, _ values: [Double]) -> Parameter {
    let parameter = context.parameter(
      ParameterSpec(
        name: name, role: role, shape: [values.count], fanIn: 1, fanOut: 1, initializer: nil))
    for (index, value) in values.enumerated() { parameter.values[index] = Float(value) }
    parameter.gradient.update(repeating: 1e9)
    return parameter
  }

  /// The layer's parameters.
  var parameters: [Parameter] { layer?.parameters ?? [] }

  /// What lies between the channels of slices.
  static let foreign: Float = 123

  /// The output for a batch.
  func forward(_ x: ReferenceMatrix, step: UInt64?) -> [Float] {
    forward(x.values, count: x.rows, step: step)
  }

  /// The output for a batch of maps.
  func forward(_ x: ReferenceMaps, step: UInt64? = 0) -> [Float] {
    forward(x.values, count: x.count, step: step)
  }

  private func forward(_ x: [Double], count: Int, step: UInt64?) -> [Float] {
    write(x, ports.input)
    pass.count = count
    pass.trainingStep = step
    for region in forwardRegions { pool.run(region.parts, region) }
    return read(ports.output, count)
  }

  /// The gradient of the last batch's input.
  func backward(_ delta: ReferenceMatrix) -> [Float] { backward(delta.values, count: delta.rows) }

  /// The gradient of the last batch's input.
  /// - Parameter before: what the gradient holds already.
  func backward(_ delta: ReferenceMaps, before: Double = 1e9) -> [Float] {
    if let gradient = ports.inputGradient {
      write(Array(repeating: before, count: delta.count * gradient.shape.count), gradient)
    }
    return backward(delta.values, count: delta.count)
  }

  private func backward(_ delta: [Double], count: Int) -> [Float] {
    write(delta, ports.outputGradient)
    for region in backwardRegions { pool.run(region.parts, region) }
    return ports.inputGradient.map { read($0, count) } ?? []
  }

  /// Whether nothing was written between the channels of slices.
  func leavesGapsAlone() -> Bool {
    let maps =
      [ports.input, ports.output, ports.outputGradient] + (ports.inputGradient.map { [$0] } ?? [])
    return maps.allSatisfy { map in
      (0..<pass.count * map.shape.positions).allSatisfy { row in
        (map.shape.channels..<map.stride).allSatisfy {
          map.base[row * map.stride + $0] == Self.foreign
        }
      }
    }
  }

  private func write(_ numbers: [Double], _ maps: FeatureMaps) {
    for (index, number) in numbers.enumerated() {
      let (row, channel) = index.quotientAndRemainder(dividingBy: maps.shape.channels)
      maps.base[row * maps.stride + channel] = Float(number)
    }
  }

  private func read(_ maps: FeatureMaps, _ count: Int) -> [Float] {
    (0..<count * maps.shape.count).map { index in
      let (row, channel) = index.quotientAndRemainder(dividingBy: maps.shape.channels)
      return maps.base[row * maps.stride + channel]
    }
  }
}

/// The masks that are drawn at `fc1.input`, read off a dropout layer's output for inputs of 1.
func drawnMask(drop: Double, samples: Int, units: Int, step: UInt64) -> ReferenceMatrix {
  let probe = StandaloneLayer(inputs: units, outputs: units, capacity: samples) {
    unitNoise(
      .dropout(drop: drop), $1, stream: $2.root.stream(.mask, "fc1.input"), context: $2)
  }
  let ones = ReferenceMatrix(
    rows: samples, columns: units, values: Array(repeating: 1, count: samples * units))
  return ReferenceMatrix(
    rows: samples, columns: units, values: probe.forward(ones, step: step).map { $0 == 0 ? 0 : 1 })
}

/// The layer of some noise, with the random numbers of a stream.
func unitNoise(
  _ noise: UnitNoise, _ ports: LayerPorts, stream: RandomStream, context: LayerContext
) -> CompiledLayer {
  .unitNoise(
    noise.accept(
      UnitNoiseCompiler(units: ports.input.shape.count, stream: stream, context: context)), ports)
}

/// 1 for every unit that `KeptBits` keeps and 0 for the others, by the scalar generator.
func keptUnits(
  _ keep: Double, _ stream: RandomStream, samples: Int, units: Int, step: UInt64
) -> [Double] {
  let (digits, count) = KeptBits.digits(of: keep)
  let vectors = (units + 255) / 256
  return (0..<samples * units).map { place in
    let (sample, unit) = place.quotientAndRemainder(dividingBy: units)
    let vector = sample * vectors + unit / 256
    var isKept = count == 0 && digits > 0
    for digit in 0..<count {
      let group = vector * ((count + 3) / 4) + digit / 4
      let block = stream.block(position: step, index: UInt32(group * 8 + unit % 8))
      let bit = block[digit % 4] >> UInt32(unit % 256 / 8) & 1 == 1
      isKept = digits >> UInt32(digit) & 1 == 1 ? isKept || bit : isKept && bit
    }
    return isKept ? 1 : 0
  }
}

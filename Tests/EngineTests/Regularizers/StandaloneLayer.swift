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
  private var layer: (any Layer)?

  /// Makes a layer between vectors.
  init(
    inputs: Int, outputs: Int, capacity: Int, threads: Int = 1,
    root: RandomRoot = RandomRoot(seed: 1, trial: 1), passesGradient: Bool = true,
    _ make: (StandaloneLayer, LayerPorts, LayerContext) -> any Layer
  ) {
    context = LayerContext(arena: Arena(), lanes: LanePlan(capacity: capacity), root: root)
    ports = LayerPorts(
      input: context.maps(FeatureShape(vector: inputs)),
      output: context.maps(FeatureShape(vector: outputs)),
      inputGradient: passesGradient ? context.maps(FeatureShape(vector: inputs)) : nil,
      outputGradient: context.maps(FeatureShape(vector: outputs)))
    pool = ThreadPool(threads: threads)
    let layer = make(self, ports, context)
    self.layer = layer
    let scratch = ThreadScratch()
    scratch.reserve(context.scratchFloats, threads: threads, from: context.arena)
    forwardRegions = Region.regions(
      of: layer.forwardStages, lanes: context.lanes, pass: pass, scratch: scratch)
    backwardRegions = Region.regions(
      of: layer.backwardStages + layer.reductionStages, lanes: context.lanes, pass: pass,
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

  /// The output for a batch.
  func forward(_ x: ReferenceMatrix, step: UInt64?) -> [Float] {
    for (index, value) in x.values.enumerated() { ports.input.base[index] = Float(value) }
    pass.count = x.rows
    pass.trainingStep = step
    for region in forwardRegions { pool.run(region.parts, region) }
    return Array(
      UnsafeBufferPointer(start: ports.output.base, count: x.rows * ports.output.shape.count))
  }

  /// The gradient of the last batch's input.
  func backward(_ delta: ReferenceMatrix) -> [Float] {
    for (index, value) in delta.values.enumerated() {
      ports.outputGradient.base[index] = Float(value)
    }
    for region in backwardRegions { pool.run(region.parts, region) }
    guard let gradient = ports.inputGradient else { return [] }
    return Array(
      UnsafeBufferPointer(start: gradient.base, count: delta.rows * ports.input.shape.count))
  }
}

/// The masks that are drawn at `fc1.input`, read off a dropout layer's output for inputs of 1.
func drawnMask(drop: Double, samples: Int, units: Int, step: UInt64) -> ReferenceMatrix {
  let probe = StandaloneLayer(inputs: units, outputs: units, capacity: samples) {
    UnitNoiseLayer(
      .dropout(drop: drop), $1, stream: $2.root.stream(.mask, "fc1.input"), context: $2)
  }
  let ones = ReferenceMatrix(
    rows: samples, columns: units, values: Array(repeating: 1, count: samples * units))
  return ReferenceMatrix(
    rows: samples, columns: units, values: probe.forward(ones, step: step).map { $0 == 0 ? 0 : 1 })
}

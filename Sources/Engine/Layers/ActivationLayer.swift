import Model

extension CompiledLayer {
  /// An elementwise non-linearity as a layer of its own, where it could not be fused into the layer
  /// before it. Its ends may be slices of wider maps.
  static func activation(_ spec: ActivationSpec, _ ports: LayerPorts) -> CompiledLayer {
    var layer = CompiledLayer(kind: "Activation")
    let slope = Float(spec.slope)
    let (input, output) = (ports.input, ports.output)
    layer.forward = [
      Stage(.lanes) { part, _ in
        let runs = ChannelRuns(
          part.samples, input.shape, isGapless: input.isGapless && output.isGapless)
        for run in 0..<runs.count {
          let x = input.base + (runs.first + run) * input.stride
          let y = output.base + (runs.first + run) * output.stride
          switch spec.function {
          case .relu: reluForward(x, y, runs.length)
          case .sigmoid: sigmoidForward(x, y, runs.length)
          case .tanh: tanhForward(x, y, runs.length)
          case .leakyRelu: leakyReluForward(x, y, runs.length, slope: slope)
          }
        }
      }
    ]
    guard let inputGradient = ports.inputGradient else { return layer }
    let outputGradient = ports.outputGradient
    let isGapless = [input, output, inputGradient, outputGradient].allSatisfy(\.isGapless)
    layer.backward = [
      Stage(.lanes) { part, _ in
        let runs = ChannelRuns(part.samples, input.shape, isGapless: isGapless)
        for run in 0..<runs.count {
          let row = runs.first + run
          let (x, y) = (input.base + row * input.stride, output.base + row * output.stride)
          let dy = outputGradient.base + row * outputGradient.stride
          let dx = inputGradient.base + row * inputGradient.stride
          switch spec.function {
          case .relu: reluBackward(y, dy, dx, runs.length)
          case .sigmoid: sigmoidBackward(y, dy, dx, runs.length)
          case .tanh: tanhBackward(y, dy, dx, runs.length)
          case .leakyRelu: leakyReluBackward(x, dy, dx, runs.length, slope: slope)
          }
        }
      }
    ]
    return layer
  }
}

/// The runs of neighbouring numbers in a lane's samples: all in one where there are no gaps, else
/// one for each position.
struct ChannelRuns {
  /// The first run's position, counted through all samples.
  let first: Int
  /// How many runs.
  let count: Int
  /// Numbers in each.
  let length: Int

  init(_ samples: Range<Int>, _ shape: FeatureShape, isGapless: Bool) {
    first = samples.lowerBound * shape.positions
    let rows = samples.count * shape.positions
    count = isGapless ? min(rows, 1) : rows
    length = isGapless ? rows * shape.channels : shape.channels
  }
}

extension FeatureMaps {
  /// Whether every number belongs to the map, so that samples follow each other without gaps.
  var isGapless: Bool { stride == shape.channels }
}

extension LayerCompiler {
  func visit(_ spec: ActivationSpec) -> CompiledLayer {
    if let replacement = spec.replacement {
      return replacement.accept(ActivationReplacementCompiler(layer: self, spec: spec))
    }
    return .activation(spec, ports)
  }
}

/// Compiles what takes the place of an activation.
struct ActivationReplacementCompiler: ActivationReplacementVisitor {
  let layer: LayerCompiler
  let spec: ActivationSpec

  /// The random numbers of the activation's name.
  var stream: RandomStream { layer.context.root.stream(.mask, layer.place.name) }
}

/// Makes what a product computes of an activation that is read through.
struct InputActivationCompiler: ActivationReplacementVisitor {
  /// The activation.
  let place: PlacedLayer
  let context: LayerContext

  /// The random numbers of the activation's name.
  var stream: RandomStream { context.root.stream(.mask, place.name) }
}

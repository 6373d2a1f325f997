import Model

extension CompiledLayer {
  /// A convolution with stride 1 of maps so small that much of each window lies in the border: one
  /// matrix product over the batch for each output position and each row of its window, with exactly
  /// the taps that meet the map.
  static func smallMapConvolution(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
    adds: Bool = false, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "SmallMapConvolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    let product = SmallMapConvolution(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
    layer.forward = product.forwardStages
    layer.backward = product.backwardStages
    return layer
  }
}

/// The products of a convolution of small maps. In the workspace lie the batch's inputs, then its
/// outputs or their gradients, then its inputs' gradients, all without gaps.
struct SmallMapConvolution {
  /// Whether this is the better way: on maps of at most 3×3 positions with a border, and with
  /// channels enough to fill the products.
  static func fits(_ spec: ConvolutionSpec, input: FeatureShape) -> Bool {
    computes(spec) && spec.padding > 0 && input.positions <= 9
      && min(input.channels, spec.outputs) >= 64
  }

  /// Whether a convolution is one that this layer can compute.
  static func computes(_ spec: ConvolutionSpec) -> Bool { spec.stride == 1 && spec.groups == 1 }

  /// Channels of one part.
  private static let block = 64

  let ports: LayerPorts
  let geometry: ConvolutionGeometry
  let weights: Parameter
  let ending: ConvolutionEnding
  let biasSums: BiasSums?
  let workspace: Workspace
  private let inputFloats: Int
  private let outputFloats: Int

  init(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
    adds: Bool, context: LayerContext
  ) {
    self.ports = ports
    self.weights = weights
    geometry = ConvolutionGeometry(spec, input: ports.input.shape, output: ports.output.shape)
    ending = ConvolutionEnding(bias: bias.map { UnsafePointer($0.base) }, relu: relu, adds: adds)
    biasSums = bias.map { BiasSums($0, lanes: context.lanes.count, context: context) }
    workspace = context.workspace
    inputFloats = context.lanes.capacity * geometry.input.count + Arena.slack
    outputFloats = context.lanes.capacity * geometry.output.count + Arena.slack
    workspace.need(2 * inputFloats + outputFloats)
  }

  private var inputs: Int { geometry.input.channels }
  private var outputs: Int { geometry.output.channels }
  private var x: UnsafeMutablePointer<Float> { workspace.at(0) }
  private var y: UnsafeMutablePointer<Float> { workspace.at(inputFloats) }
  private var dx: UnsafeMutablePointer<Float> { workspace.at(inputFloats + outputFloats) }

  /// Calls `body` with the row of taps, its first tap, the first position of the map that it meets
  /// and how many follow each other, for each row of an output's window.
  private func forEachRun(_ position: Int, _ body: (_ tap: Int, _ first: Int, _ count: Int) -> Void)
  {
    let (row, column) = position.quotientAndRemainder(dividingBy: geometry.output.width)
    let left = max(0, geometry.padding - column)
    let right = min(geometry.kernel, geometry.input.width + geometry.padding - column)
    guard left < right else { return }
    for tap in 0..<geometry.kernel {
      let y = row + tap - geometry.padding
      guard y >= 0, y < geometry.input.height else { continue }
      body(
        tap * geometry.kernel + left,
        y * geometry.input.width + column + left - geometry.padding, right - left)
    }
  }

  private var takingInputs: Stage {
    Stage(.lanes) { part, _ in
      for sample in part.samples {
        for row in 0..<geometry.input.height {
          ports.source(.single).copyRow(
            sample, row,
            to: x + (sample * geometry.input.height + row) * geometry.input.width * inputs,
            columnStride: inputs)
        }
      }
    }
  }

  var forwardStages: [Stage] {
    let blocks = FixedBlocks(outputs, of: Self.block)
    let patch = geometry.patch
    return [
      .barrier, takingInputs,
      Stage(.blocks(blocks.count)) { part, pass in
        let channels = blocks[part.index]
        for position in 0..<geometry.output.positions {
          var beta: Float = 0
          forEachRun(position) { tap, first, count in
            Matrix.timesTransposed(
              y + position * outputs + channels.lowerBound, ldc: geometry.output.count,
              x + first * inputs, lda: geometry.input.count,
              weights.base + channels.lowerBound * patch + tap * inputs, ldb: patch, m: pass.count,
              n: channels.count, k: count * inputs, beta: beta)
            beta = 1
          }
        }
      },
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          for position in 0..<geometry.output.positions {
            ending.finish(
              y + (sample * geometry.output.positions + position) * outputs,
              ports.output.sample(sample) + position * ports.output.stride, channels: outputs)
          }
        }
      },
    ]
  }

  var backwardStages: [Stage] {
    let blocks = FixedBlocks(outputs, of: Self.block)
    let (patch, dw) = (geometry.patch, weights.gradientBase)
    let delta = ports.delta(relu: ending.relu, .single)
    var stages = [
      .barrier, takingInputs,
      Stage(.lanes) { part, _ in
        biasSums?.clear(lane: part.index)
        for sample in part.samples {
          let own = y + sample * geometry.output.count
          delta.copy(sample, 0..<geometry.output.positions, to: own, columnStride: outputs)
          biasSums?.add(
            lane: part.index, own, positions: geometry.output.positions, columnStride: outputs)
        }
      },
      Stage(.blocks(blocks.count)) { part, pass in
        let channels = blocks[part.index]
        let gradient = dw + channels.lowerBound * patch
        gradient.update(repeating: 0, count: channels.count * patch)
        for position in 0..<geometry.output.positions {
          forEachRun(position) { tap, first, count in
            Matrix.transposedTimes(
              gradient + tap * inputs, ldc: patch, y + position * outputs + channels.lowerBound,
              lda: geometry.output.count, x + first * inputs, ldb: geometry.input.count,
              m: channels.count, n: count * inputs, k: pass.count, beta: 1)
          }
        }
        if part.index == 0 { biasSums?.reduce() }
      },
    ]
    if ports.inputGradient != nil { stages += inputGradientStages }
    return stages
  }

  private var inputGradientStages: [Stage] {
    let blocks = FixedBlocks(inputs, of: Self.block)
    return [
      Stage(.blocks(blocks.count)) { part, pass in
        let channels = blocks[part.index]
        for sample in 0..<pass.count {
          for position in 0..<geometry.input.positions {
            (dx + (sample * geometry.input.positions + position) * inputs + channels.lowerBound)
              .update(repeating: 0, count: channels.count)
          }
        }
        for position in 0..<geometry.output.positions {
          forEachRun(position) { tap, first, count in
            for index in 0..<count {
              Matrix.times(
                dx + (first + index) * inputs + channels.lowerBound, ldc: geometry.input.count,
                y + position * outputs, lda: geometry.output.count,
                weights.base + (tap + index) * inputs + channels.lowerBound, ldb: geometry.patch,
                m: pass.count, n: channels.count, k: outputs, beta: 1)
            }
          }
        }
      },
      Stage(.lanes) { part, _ in
        guard let sink = ports.sink(lane: part.index, .single) else { return }
        for sample in part.samples {
          sink.take(
            sample, 0..<geometry.input.positions, dx + sample * geometry.input.count,
            columnStride: inputs)
        }
      },
    ]
  }
}

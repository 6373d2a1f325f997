import Model

/// A transposed convolution: forward, the data gradient of the convolution that leads from the
/// output's shape to the input's; backward, that convolution itself.
///
/// In memory its weights lie as `[in][row][column][out]`: the filters of that convolution, whose
/// outputs are this layer's inputs. Its output may be a slice of a wider map; its input may not.
final class TransposedConvolutionLayer: Layer {
  let parameters: [Parameter]
  let forwardStages: [Stage]
  let backwardStages: [Stage]
  let reductionStages: [Stage]

  init(
    _ spec: TransposedConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    context: LayerContext
  ) {
    precondition(ports.input.isGapless, "a transposed convolution of a slice")
    parameters = [weights] + (bias.map { [$0] } ?? [])
    let (arena, lanes) = (context.arena, context.lanes)
    // The convolution's input is this layer's output.
    let geometry = ConvolutionGeometry(
      ConvolutionSpec(
        outputs: ports.input.shape.channels, kernel: spec.kernel, stride: spec.stride,
        padding: spec.padding), input: ports.output.shape, output: ports.input.shape)
    let memory = ConvolutionMemory(
      geometry: geometry, weights: weights.base, bias: nil, relu: false, adds: false,
      windows: geometry.windowOffsets(arena), patches: geometry.patchOffsets(arena),
      outputs: geometry.outputOffsets(stride: ports.input.shape.channels, arena))
    let partials = arena.floats(lanes.count * memory.partialCount)
    let outputs = ports.output.shape.channels
    let biasSums = arena.doubles(lanes.count * ChannelSums.count(channels: outputs))
    func sums(of lane: Int) -> ChannelSums {
      ChannelSums(
        first: biasSums + lane * ChannelSums.count(channels: outputs),
        columns: ChannelSums.padded(outputs))
    }
    context.needScratch(
      geometry.patch * geometry.paddedOutputs + geometry.paddedCount
        + geometry.output.positions * geometry.panelledOutputs + 3 * Arena.slack)

    forwardStages = [
      Stage(.lanes) { part, _ in Self.forward(part, ports, memory, bias: bias?.base) }
    ]
    backwardStages = [
      Stage(.lanes) { part, _ in
        Self.backward(part, ports, memory, partials + part.index * memory.partialCount)
        guard bias != nil else { return }
        let delta = ports.outputGradient.rows(from: part.samples.lowerBound)
        sums(of: part.index).fill(rows: part.samples.count * geometry.input.positions) {
          (delta.vector($0, $1), .zero)
        }
      }
    ]
    let (weightGradient, biasGradient) = (weights.gradientBase, bias?.gradientBase)
    reductionStages = [
      Stage(.blocks(geometry.paddedOutputs / 8)) { part, _ in
        reducePartials(
          partials, lanes: lanes.count, first: part.index * 8, memory,
          weightGradient: weightGradient, biasGradient: nil)
        guard part.index == 0, let biasGradient else { return }
        for channel in 0..<outputs {
          var sum = 0.0
          for lane in 0..<lanes.count { sum += sums(of: lane).first[channel] }
          biasGradient[channel] = Float(sum)
        }
      }
    ]
  }

  private static func forward(
    _ part: Part, _ ports: LayerPorts, _ memory: ConvolutionMemory,
    bias: UnsafePointer<Float>?
  ) {
    let geometry = memory.geometry
    for sample in part.samples {
      let output = ports.output.sample(sample)
      convolutionInputGradient(
        ports.input.sample(sample), part.scratch, accumulates: false, memory)
      let sink = GradientSink(maps: ports.output, accumulates: false)
      cutBorder(part.scratch, geometry) { y, row in
        sink.takeRow(sample, y, row, columnStride: geometry.input.channels)
      }
      addBias(
        output, count: geometry.input.positions, columns: geometry.input.channels,
        stride: ports.output.stride, bias: bias, relu: false)
    }
  }

  private static func backward(
    _ part: Part, _ ports: LayerPorts, _ memory: ConvolutionMemory,
    _ partial: UnsafeMutablePointer<Float>
  ) {
    let geometry = memory.geometry
    guard !part.samples.isEmpty else {
      partial.update(repeating: 0, count: memory.partialCount)
      return
    }
    let packed = part.scratch
    let border = packed + (geometry.patch * geometry.paddedOutputs + Arena.slack) / 16 * 16
    let panels = border + (geometry.paddedCount + Arena.slack) / 16 * 16
    if ports.inputGradient != nil { packFilters(memory, packed) }
    for sample in part.samples {
      let image = withBorder(
        MapSource(maps: ports.outputGradient, normalization: nil), sample, geometry, border)
      convolutionWeightGradient(
        image, ports.input.sample(sample), stride: ports.input.stride, panels: panels, partial,
        isFirst: sample == part.samples.lowerBound, memory)
      guard let inputGradient = ports.inputGradient else { continue }
      convolve(
        image, packed, inputGradient.sample(sample), stride: inputGradient.stride, memory)
    }
  }
}

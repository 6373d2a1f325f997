import Model

/// Two-dimensional cross-correlation with zero padding, with bias and a following ReLU in the same
/// pass. Windows are read where they lie in the image; nothing is unfolded.
final class ConvolutionLayer: Layer {
  let parameters: [Parameter]
  let forwardStages: [Stage]
  let backwardStages: [Stage]
  let reductionStages: [Stage]

  init(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    relu: Bool, context: LayerContext
  ) {
    parameters = [weights] + (bias.map { [$0] } ?? [])
    let geometry = ConvolutionGeometry(spec, input: ports.input.shape, output: ports.output.shape)
    let memory = ConvolutionMemory(
      geometry: geometry, weights: weights.base, bias: bias?.base, relu: relu,
      windows: geometry.windowOffsets(context.arena),
      patches: geometry.patchOffsets(context.arena),
      outputs: geometry.outputOffsets(context.arena))
    let lanes = context.lanes
    let partials = context.arena.floats(lanes.count * memory.partialCount)
    context.needScratch(
      max(geometry.patch * geometry.paddedOutputs, geometry.paddedCount) + geometry.paddedCount
        + Arena.slack)

    forwardStages = [
      Stage(.lanes) { part, _ in Self.forward(part, ports, memory) }
    ]
    backwardStages = [
      Stage(.lanes) { part, _ in
        Self.backward(part, ports, memory, partials + part.index * memory.partialCount)
      }
    ]
    let (weightGradient, biasGradient) = (weights.gradientBase, bias?.gradientBase)
    reductionStages = [
      Stage(.blocks(geometry.paddedOutputs / 8)) { part, _ in
        reducePartials(
          partials, lanes: lanes.count, first: part.index * 8, memory,
          weightGradient: weightGradient, biasGradient: biasGradient)
      }
    ]
  }

  private static func forward(_ part: Part, _ ports: LayerPorts, _ memory: ConvolutionMemory) {
    guard !part.samples.isEmpty else { return }
    let geometry = memory.geometry
    let packed = part.scratch
    let border = packed + (geometry.patch * geometry.paddedOutputs + Arena.slack) / 16 * 16
    packFilters(memory, packed)
    for sample in part.samples {
      let image = withBorder(
        ports.input.sample(sample), stride: ports.input.stride, geometry, border)
      convolve(image, packed, ports.output.sample(sample), stride: ports.output.stride, memory)
    }
  }

  private static func backward(
    _ part: Part, _ ports: LayerPorts, _ memory: ConvolutionMemory,
    _ partial: UnsafeMutablePointer<Float>
  ) {
    let geometry = memory.geometry
    if part.samples.isEmpty { partial.update(repeating: 0, count: memory.partialCount) }
    let border = part.scratch
    for sample in part.samples {
      let delta = ports.outputGradient.sample(sample)
      if memory.relu {
        maskByOutput(
          delta, ports.output.sample(sample), count: 1, columns: geometry.output.count,
          stride: geometry.output.count)
      }
      let image = withBorder(
        ports.input.sample(sample), stride: ports.input.stride, geometry, border)
      convolutionWeightGradient(
        image, delta, partial, isFirst: sample == part.samples.lowerBound, memory)
      guard let inputGradient = ports.inputGradient else { continue }
      let target = inputGradient.sample(sample)
      if geometry.padding == 0, inputGradient.stride == geometry.input.channels {
        convolutionInputGradient(delta, target, memory)
      } else {
        convolutionInputGradient(delta, border, memory)
        cutBorder(border, target, stride: inputGradient.stride, geometry)
      }
    }
  }
}

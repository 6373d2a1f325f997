import Model

/// Two-dimensional cross-correlation with zero padding, in any number of groups, with bias and a
/// following ReLU in the same pass. Windows are read where they lie in the image; nothing is
/// unfolded. Both ends may be slices of wider maps.
final class ConvolutionLayer: Layer {
  let parameters: [Parameter]
  let forwardStages: [Stage]
  let backwardStages: [Stage]
  let reductionStages: [Stage]

  /// - Parameters:
  ///   - relu: whether max(·, 0) follows.
  ///   - adds: whether the result is added to what the output holds.
  init(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    relu: Bool, adds: Bool = false, context: LayerContext
  ) {
    parameters = [weights] + (bias.map { [$0] } ?? [])
    let geometry = ConvolutionGeometry(spec, input: ports.input.shape, output: ports.output.shape)
    let (windows, patches) = (
      geometry.windowOffsets(context.arena), geometry.patchOffsets(context.arena)
    )
    let outputs = geometry.outputOffsets(stride: ports.outputGradient.stride, context.arena)
    let channels = geometry.output.channels
    let groups = (0..<spec.groups).map { group in
      let memory = ConvolutionMemory(
        geometry: geometry, weights: weights.base + group * channels * geometry.patch,
        bias: bias.map { $0.base + group * channels }, relu: relu, adds: adds, windows: windows,
        patches: patches, outputs: outputs)
      return ConvolutionGroup(ports, group: group, memory)
    }
    let lanes = context.lanes
    let partialCount = groups[0].memory.partialCount
    let partials = context.arena.floats(lanes.count * groups.count * partialCount)
    context.needScratch(
      max(geometry.patch * geometry.paddedOutputs, geometry.paddedCount) + geometry.paddedCount
        + Arena.slack)

    forwardStages = [
      Stage(.lanes) { part, _ in
        for group in groups { group.forward(part) }
      }
    ]
    backwardStages = [
      Stage(.lanes) { part, _ in
        for (index, group) in groups.enumerated() {
          group.backward(part, partials + (index * lanes.count + part.index) * partialCount)
        }
      }
    ]
    let blocks = geometry.paddedOutputs / 8
    let (weightGradient, biasGradient) = (weights.gradientBase, bias?.gradientBase)
    reductionStages = [
      Stage(.blocks(blocks * groups.count)) { part, _ in
        let (group, block) = part.index.quotientAndRemainder(dividingBy: blocks)
        reducePartials(
          partials + group * lanes.count * partialCount, lanes: lanes.count, first: block * 8,
          groups[group].memory,
          weightGradient: weightGradient + group * channels * geometry.patch,
          biasGradient: biasGradient.map { $0 + group * channels })
      }
    ]
  }
}

/// One group of a convolution: its slices of the maps and its filters.
private struct ConvolutionGroup {
  let ports: LayerPorts
  let memory: ConvolutionMemory

  init(_ ports: LayerPorts, group: Int, _ memory: ConvolutionMemory) {
    let geometry = memory.geometry
    func slice(_ maps: FeatureMaps, _ shape: FeatureShape) -> FeatureMaps {
      FeatureMaps(base: maps.base + group * shape.channels, shape: shape, stride: maps.stride)
    }
    var own = ports
    own.input = slice(ports.input, geometry.input)
    own.output = slice(ports.output, geometry.output)
    own.inputGradient = ports.inputGradient.map { slice($0, geometry.input) }
    own.outputGradient = slice(ports.outputGradient, geometry.output)
    self.ports = own
    self.memory = memory
  }

  func forward(_ part: Part) {
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

  func backward(_ part: Part, _ partial: UnsafeMutablePointer<Float>) {
    let geometry = memory.geometry
    if part.samples.isEmpty { partial.update(repeating: 0, count: memory.partialCount) }
    let border = part.scratch
    let stride = ports.outputGradient.stride
    for sample in part.samples {
      let delta = ports.outputGradient.sample(sample)
      if memory.relu {
        maskByOutput(
          delta, ports.output.sample(sample), count: geometry.output.positions,
          columns: geometry.output.channels, stride: stride, outputStride: ports.output.stride)
      }
      let image = withBorder(
        ports.input.sample(sample), stride: ports.input.stride, geometry, border)
      convolutionWeightGradient(
        image, delta, stride: stride, partial, isFirst: sample == part.samples.lowerBound, memory)
      guard let inputGradient = ports.inputGradient else { continue }
      let target = inputGradient.sample(sample)
      if geometry.padding == 0, inputGradient.stride == geometry.input.channels {
        convolutionInputGradient(delta, target, accumulates: ports.accumulates, memory)
      } else {
        convolutionInputGradient(delta, border, accumulates: false, memory)
        cutBorder(
          border, target, stride: inputGradient.stride, accumulates: ports.accumulates, geometry)
      }
    }
  }
}

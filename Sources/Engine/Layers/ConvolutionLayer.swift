import Model

extension CompiledLayer {
  /// Two-dimensional cross-correlation with zero padding, in any number of groups, with bias and a
  /// following ReLU in the same pass. Windows are read where they lie in the image; nothing is
  /// unfolded. Both ends may be slices of wider maps.
  /// - Parameters:
  ///   - relu: whether max(·, 0) follows.
  ///   - adds: whether the result is added to what the output holds.
  static func directConvolution(
    _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    relu: Bool, adds: Bool = false, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "Convolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    let shared = DirectConvolution(spec, ports, context)
    let (geometry, lanes) = (shared.geometry, context.lanes.count)
    let channels = geometry.output.channels
    let groups = (0..<spec.groups).map { group in
      DirectConvolution.Group(
        shared, ports, group: group, weights: weights.base + group * channels * geometry.patch,
        bias: bias.map { $0.base + group * channels }, relu: relu, adds: adds)
    }
    let partialCount = groups[0].memory.partialCount
    let partials = context.arena.floats(lanes * groups.count * partialCount)
    context.needScratch(shared.scratchFloats)

    layer.forward = [
      Stage(.lanes) { part, _ in
        for group in groups { group.forward(part) }
      }
    ]
    layer.backward = [
      Stage(.lanes) { part, pass in
        for (index, group) in groups.enumerated() {
          group.backward(
            part, partials + (index * lanes + part.index) * partialCount, learns: pass.learns)
        }
      }
    ]
    let blocks = geometry.paddedOutputs / 8
    let (weightGradient, biasGradient) = (weights.gradientBase, bias?.gradientBase)
    layer.reduction = [
      Stage(.blocks(blocks * groups.count)) { part, _ in
        let (group, block) = part.index.quotientAndRemainder(dividingBy: blocks)
        reducePartials(
          partials + group * lanes * partialCount, lanes: lanes, first: block * 8,
          groups[group].memory,
          weightGradient: weightGradient + group * channels * geometry.patch,
          biasGradient: biasGradient.map { $0 + group * channels })
      }
    ]
    return layer
  }
}

/// What the groups of a direct convolution share: sizes, tables of offsets, the layout of scratch.
private struct DirectConvolution {
  let geometry: ConvolutionGeometry
  /// The convolution that leads from the output's gradient to the input's, where that is the better
  /// way: it gathers, where the way back through the windows would scatter.
  let adjoint: ConvolutionGeometry?
  private let windows: UnsafePointer<Int32>
  private let adjointWindows: UnsafePointer<Int32>?
  private let patches: UnsafePointer<Int32>
  private let outputs: UnsafePointer<Int32>

  init(_ spec: ConvolutionSpec, _ ports: LayerPorts, _ context: LayerContext) {
    let arena = context.arena
    geometry = ConvolutionGeometry(spec, input: ports.input.shape, output: ports.output.shape)
    // With a border of zeros all around, more windows are summed up than there are outputs.
    let gathers =
      spec.stride == 1 && spec.padding < spec.kernel
      && 4 * geometry.input.positions <= 5 * geometry.output.positions
    adjoint =
      gathers && ports.inputGradient != nil
      ? ConvolutionGeometry(
        ConvolutionSpec(
          outputs: geometry.input.channels, kernel: spec.kernel,
          padding: spec.kernel - 1 - spec.padding), input: geometry.output, output: geometry.input)
      : nil
    windows = geometry.windowOffsets(arena)
    adjointWindows = adjoint?.windowOffsets(arena)
    patches = geometry.patchOffsets(arena)
    outputs = geometry.outputOffsets(stride: geometry.deltaStride, arena)
  }

  /// Filters, then the image with its border, then the output's gradient in panels and as it is, then
  /// the input's gradient.
  var scratchFloats: Int { gradientOffset + max(geometry.paddedCount, geometry.input.count) + 16 }
  var filterFloats: Int {
    let forward = geometry.patch * geometry.paddedOutputs
    let backward = adjoint.map { $0.patch * $0.paddedOutputs } ?? geometry.scatteringFloats
    return max(forward, backward)
  }
  var imageOffset: Int { aligned(filterFloats) }
  var panelOffset: Int { imageOffset + aligned(geometry.paddedCount) }
  var deltaOffset: Int {
    panelOffset + aligned(geometry.output.positions * geometry.paddedOutputs)
  }
  var gradientOffset: Int {
    deltaOffset
      + aligned(max(geometry.output.positions * geometry.deltaStride, adjoint?.paddedCount ?? 0))
  }
  private func aligned(_ floats: Int) -> Int { (floats + Arena.slack + 15) & ~15 }

  /// One group: its slices of the maps and its filters.
  struct Group {
    let shared: DirectConvolution
    let ports: LayerPorts
    let memory: ConvolutionMemory

    init(
      _ shared: DirectConvolution, _ ports: LayerPorts, group: Int,
      weights: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?, relu: Bool,
      adds: Bool
    ) {
      let geometry = shared.geometry
      func slice(_ maps: FeatureMaps, _ shape: FeatureShape) -> FeatureMaps {
        FeatureMaps(base: maps.base + group * shape.channels, shape: shape, stride: maps.stride)
      }
      var own = ports
      own.input = slice(ports.input, geometry.input)
      own.output = slice(ports.output, geometry.output)
      own.inputGradient = ports.inputGradient.map { slice($0, geometry.input) }
      own.outputGradient = slice(ports.outputGradient, geometry.output)
      self.shared = shared
      self.ports = own
      memory = ConvolutionMemory(
        geometry: geometry, weights: weights, bias: bias, relu: relu, adds: adds,
        windows: shared.windows, patches: shared.patches, outputs: shared.outputs)
    }

    func forward(_ part: Part) {
      guard !part.samples.isEmpty else { return }
      packFilters(memory, part.scratch)
      for sample in part.samples {
        let image = withBorder(
          ports.source(.single), sample, shared.geometry, part.scratch + shared.imageOffset)
        convolve(
          image, part.scratch, ports.output.sample(sample), stride: ports.output.stride, memory)
      }
    }

    func backward(_ part: Part, _ partial: UnsafeMutablePointer<Float>, learns: Bool) {
      let geometry = shared.geometry
      guard !part.samples.isEmpty else {
        return partial.update(repeating: 0, count: memory.partialCount)
      }
      let (source, delta) = (ports.source(.single), ports.delta(relu: memory.relu, .single))
      let sink = ports.sink(lane: part.index, .single)
      if let adjoint = shared.adjoint {
        packAdjointFilters(memory, adjoint, part.scratch)
      } else if sink != nil {
        packScatteringFilters(memory, part.scratch)
      }
      for sample in part.samples {
        let image = withBorder(source, sample, geometry, part.scratch + shared.imageOffset)
        var (dy, stride) = (delta.maps.sample(sample), delta.maps.stride)
        if !delta.isPlain || shared.adjoint == nil && stride != geometry.deltaStride {
          dy = part.scratch + shared.deltaOffset
          stride = geometry.deltaStride
          delta.copy(sample, 0..<geometry.output.positions, to: dy, columnStride: stride)
        }
        let panels = part.scratch + shared.panelOffset
        if learns {
          convolutionWeightGradient(
            image, dy, stride: stride, panels: panels, partial,
            isFirst: sample == part.samples.lowerBound, memory)
        } else if shared.adjoint != nil {
          TileProduct.pack(
            dy, rows: geometry.output.positions, columns: geometry.output.channels,
            stride: stride, panels)
        }
        guard let sink else { continue }
        let gradient = part.scratch + shared.gradientOffset
        if let adjoint = shared.adjoint, let windows = shared.adjointWindows {
          gather(dy, stride, part, adjoint, windows, sink, sample)
        } else {
          convolutionInputGradient(dy, part.scratch, gradient, memory)
          cutBorder(gradient, geometry) { y, row in
            sink.takeRow(sample, y, row, columnStride: geometry.input.channels)
          }
        }
      }
    }

    /// The input's gradient as a convolution of the output's with the filters turned around.
    private func gather(
      _ dy: UnsafePointer<Float>, _ stride: Int, _ part: Part, _ adjoint: ConvolutionGeometry,
      _ windows: UnsafePointer<Int32>, _ sink: GradientSink, _ sample: Int
    ) {
      let border = part.scratch + shared.deltaOffset
      // Panels hold what is needed of `dy`, which may lie where the border goes.
      let panels = part.scratch + shared.panelOffset
      let image = withPanelBorder(panels, adjoint, border)
      let gradient = part.scratch + shared.gradientOffset
      let own = ConvolutionMemory(
        geometry: adjoint, weights: memory.weights, bias: nil, relu: false, adds: false,
        windows: windows, patches: memory.patches, outputs: memory.outputs)
      convolve(
        image, part.scratch, gradient, stride: adjoint.output.channels, own)
      sink.take(
        sample, 0..<adjoint.output.positions, gradient, columnStride: adjoint.output.channels)
    }
  }
}

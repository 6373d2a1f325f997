import Model

/// Convolutions that step by 2, as convolutions that step by 1: the rows and columns of a map with even
/// and with odd numbers are four maps of half its height and width, its phases. A strided convolution
/// reads the phases of its input side by side, a transposed one writes the phases of its output. A
/// kernel's taps are spread over kernels of 3×3 between phases, the rest of which is 0; Winograd's way
/// of computing those takes fewer multiplications than the taps alone.
struct MapPhases {
  /// A tap of the kernel, its place in the kernel between phases, and the phase that it reads.
  struct Tap {
    let own: Int
    let between: Int
    let phase: Int
  }

  static let kernel = 3
  static let taps = 9

  /// The map whose phases these are.
  let fine: FeatureShape
  /// The phases side by side.
  let shape: FeatureShape
  let taps: [Tap]

  /// nil where the kernel reaches further than the phases' neighbours, the sizes do not halve, or a
  /// phase's channels do not fill whole vectors.
  /// - Parameters:
  ///   - fine: the strided convolution's input, or the transposed one's output.
  ///   - coarse: the other end.
  init?(kernel: Int, stride: Int, padding: Int, fine: FeatureShape, coarse: FeatureShape) {
    let offsets = (0..<kernel).map { $0 - padding }
    guard stride == 2, fine.height == 2 * coarse.height, fine.width == 2 * coarse.width,
      fine.channels % 8 == 0,
      offsets.first.map({ $0 >> 1 }) == -1, offsets.last.map({ $0 >> 1 }) == 1
    else { return nil }
    self.fine = fine
    shape = coarse.withChannels(4 * fine.channels)
    taps = offsets.indices.flatMap { y in
      offsets.indices.map { x in
        Tap(
          own: y * kernel + x,
          between: ((offsets[y] >> 1) + 1) * Self.kernel + (offsets[x] >> 1) + 1,
          phase: 2 * (offsets[x] & 1) + (offsets[y] & 1))
      }
    }
  }

  /// What the kernels between phases lack, for Winograd's products.
  /// - Parameter isTurned: whether the kernels are turned around.
  func lacking(_ side: WinogradPhases.Side, isTurned: Bool) -> WinogradPhases {
    func edge(_ places: [Int]) -> WinogradPhases.Edge {
      if !places.contains(isTurned ? Self.kernel - 1 : 0) { return .first }
      return places.contains(isTurned ? 0 : Self.kernel - 1) ? .none : .last
    }
    return WinogradPhases(
      side: side, channels: fine.channels, shape: shape,
      lacking: (0..<4).map { phase in
        let places = taps.filter { $0.phase == phase }.map(\.between)
        return (edge(places.map { $0 / Self.kernel }), edge(places.map { $0 % Self.kernel }))
      })
  }

  /// Filters between phases; what no tap fills stays 0.
  func parameter(inputs: Int, outputs: Int, like weights: Parameter, _ context: LayerContext)
    -> Parameter
  {
    var spec = weights.spec
    spec.shape = [outputs, inputs, Self.kernel, Self.kernel]
    return Parameter(
      spec: spec,
      values: UnsafeMutableBufferPointer(start: context.arena.zeros(spec.count), count: spec.count),
      gradient: UnsafeMutableBufferPointer(
        start: context.arena.floats(spec.count), count: spec.count))
  }
}

extension CompiledLayer {
  /// A convolution that steps by 2, by its input's phases.
  static func phasedConvolution(
    _ phases: MapPhases, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
    adds: Bool, context: LayerContext
  ) -> CompiledLayer {
    let (fine, outputs) = (phases.fine, ports.output.shape.channels)
    let filters = phases.parameter(
      inputs: phases.shape.channels, outputs: outputs, like: weights, context)
    let product = winogradConvolution(
      MapPhases.spec(outputs: outputs), ports, weights: filters, bias: bias, relu: relu, adds: adds,
      phases: phases.lacking(.inputs, isTurned: false), context: context)

    let (inputs, taps) = (fine.channels, phases.taps)
    let blocks = FixedBlocks(outputs, of: 16)
    /// Calls `body` with where a tap's weights lie among the filters and between the phases.
    func forEachRun(_ block: Int, _ body: (Int, Int) -> Void) {
      for output in blocks[block] {
        for tap in taps {
          body(
            (output * taps.count + tap.own) * inputs,
            ((output * MapPhases.taps + tap.between) * 4 + tap.phase) * inputs)
        }
      }
    }
    var layer = CompiledLayer(kind: "PhasedConvolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    layer.forward =
      [
        Stage(.blocks(blocks.count)) { part, _ in
          forEachRun(part.index) {
            (filters.base + $1).update(from: weights.base + $0, count: inputs)
          }
        }
      ] + product.forward
    layer.backward = product.backward
    layer.reduction =
      product.reduction + [
        Stage(.blocks(blocks.count)) { part, pass in
          guard pass.learns else { return }
          forEachRun(part.index) {
            (weights.gradientBase + $0).update(from: filters.gradientBase + $1, count: inputs)
          }
        }
      ]
    return layer
  }

  /// A transposed convolution that steps by 2, by its output's phases. Its weights lie as
  /// `[in][row][column][out]`.
  static func phasedTransposedConvolution(
    _ phases: MapPhases, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    context: LayerContext
  ) -> CompiledLayer {
    let (fine, inputs) = (phases.fine, ports.input.shape.channels)
    let (outputs, taps) = (fine.channels, phases.taps)
    let filters = phases.parameter(
      inputs: inputs, outputs: phases.shape.channels, like: weights, context)
    let product = winogradConvolution(
      MapPhases.spec(outputs: phases.shape.channels), ports, weights: filters, bias: bias,
      relu: false, adds: false,
      phases: phases.lacking(.outputs, isTurned: true), context: context)

    /// Where a tap's filters, `[out][in]`, begin between the phases: seen from the output's phases a
    /// kernel is turned around.
    func place(_ tap: MapPhases.Tap) -> Int {
      (tap.phase * outputs * MapPhases.taps + MapPhases.taps - 1 - tap.between) * inputs
    }
    var layer = CompiledLayer(kind: "PhasedTransposedConvolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    layer.forward =
      [
        Stage(.blocks(taps.count)) { part, _ in
          let tap = taps[part.index]
          transpose(
            weights.base + tap.own * outputs, rows: inputs, columns: outputs,
            stride: taps.count * outputs, filters.base + place(tap),
            toStride: MapPhases.taps * inputs)
        }
      ] + product.forward
    let (delta, biasSums) = (
      ports.outputGradient,
      bias.map { BiasSums($0, lanes: context.lanes.count, context: context) }
    )
    if let biasSums {
      layer.backward = [
        Stage(.lanes) { part, _ in
          biasSums.clear(lane: part.index)
          for sample in part.samples {
            biasSums.add(
              lane: part.index, delta.sample(sample), positions: fine.positions,
              columnStride: delta.stride)
          }
        }
      ]
    }
    layer.backward += product.backward
    layer.reduction =
      product.reduction + [
        Stage(.blocks(taps.count)) { part, pass in
          guard pass.learns else { return }
          let tap = taps[part.index]
          transpose(
            filters.gradientBase + place(tap), rows: outputs, columns: inputs,
            stride: MapPhases.taps * inputs, weights.gradientBase + tap.own * outputs,
            toStride: taps.count * outputs)
          if part.index == 0 { biasSums?.reduce() }
        }
      ]
    return layer
  }
}

extension MapPhases {
  /// The convolution between phases.
  static func spec(outputs: Int) -> ConvolutionSpec {
    ConvolutionSpec(outputs: outputs, kernel: kernel, padding: 1)
  }

  /// The phases of a convolution's input, where that is the way to compute it.
  init?(
    _ spec: ConvolutionSpec, input: FeatureShape, output: FeatureShape,
    _ algorithm: ConvolutionAlgorithm
  ) {
    guard spec.groups == 1 else { return nil }
    self.init(
      kernel: spec.kernel, stride: spec.stride, padding: spec.padding, fine: input, coarse: output)
    let positionTaps = spec.kernel * spec.kernel * input.channels
    guard
      saves(
        input: shape, outputs: spec.outputs,
        multiplyAdds: positionTaps * ChannelSums.padded(spec.outputs), algorithm)
    else { return nil }
  }

  /// The phases of a transposed convolution's output, where that is the way to compute it.
  init?(
    _ spec: TransposedConvolutionSpec, input: FeatureShape, output: FeatureShape,
    _ algorithm: ConvolutionAlgorithm
  ) {
    self.init(
      kernel: spec.kernel, stride: spec.stride, padding: spec.padding, fine: output, coarse: input)
    let multiplyAdds = spec.kernel * spec.kernel * input.channels * spec.outputs
    guard
      saves(input: input, outputs: shape.channels, multiplyAdds: multiplyAdds, algorithm)
    else { return nil }
  }

  /// - Parameter multiplyAdds: for a position of the coarse map, by the kernel's own taps.
  private func saves(
    input: FeatureShape, outputs: Int, multiplyAdds: Int, _ algorithm: ConvolutionAlgorithm
  ) -> Bool {
    switch algorithm {
    case .automatic:
      WinogradRule.fits(
        Self.spec(outputs: outputs), input: input, multiplyAddsOtherwise: multiplyAdds)
    case .winograd: true
    case .direct, .smallMap, .im2col: false
    }
  }
}

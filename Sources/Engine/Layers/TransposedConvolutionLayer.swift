import Model

extension CompiledLayer {
  /// A transposed convolution by phases of its output where that saves work; else forward, the data gradient of the convolution that leads from the
  /// output's shape to the input's; backward, that convolution itself. Both by matrix products over a
  /// chunk of samples, whose windows of the output are unfolded.
  ///
  /// In memory its weights lie as `[in][row][column][out]`: the filters of that convolution, whose
  /// outputs are this layer's inputs. Its output may be a slice of a wider map; its input may not.
  static func transposedConvolution(
    _ spec: TransposedConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    context: LayerContext
  ) -> CompiledLayer {
    if let phases = MapPhases(
      spec, input: ports.input.shape, output: ports.output.shape, context.convolution)
    {
      return .phasedTransposedConvolution(
        phases, ports, weights: weights, bias: bias, context: context)
    }
    var layer = CompiledLayer(kind: "TransposedConvolution")
    precondition(ports.input.isGapless, "a transposed convolution of a slice")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    let lanes = context.lanes.count
    let product = TransposedProduct(spec, ports, weights: weights.base, bias: bias?.base, context)
    context.needScratch(product.scratchFloats)
    let partials = LaneSums(weights.values.count, lanes: lanes, arena: context.arena)
    let biasSums = bias.map { BiasSums($0, lanes: lanes, context: context) }

    layer.forward = [Stage(.lanes) { part, _ in product.forward(part) }]
    layer.backward = [
      Stage(.lanes) { part, _ in
        product.backward(part, partials.lane(part.index), biasSums)
      }
    ]
    layer.reduction = [partials.reduction(to: weights, biasSums)]
    return layer
  }
}

/// The products of a transposed convolution, chunk by chunk of a lane's samples.
private struct TransposedProduct {
  /// Floats of a chunk's windows: enough rows to make good of OpenBLAS's copy of the weights.
  private static let windowFloats = 1 << 20

  let ports: LayerPorts
  /// Of the convolution from the output to the input.
  let geometry: ConvolutionGeometry
  let weights: UnsafeMutablePointer<Float>
  let bias: UnsafeMutablePointer<Float>?
  /// Samples of a chunk.
  private let chunk: Int

  init(
    _ spec: TransposedConvolutionSpec, _ ports: LayerPorts, weights: UnsafeMutablePointer<Float>,
    bias: UnsafeMutablePointer<Float>?, _ context: LayerContext
  ) {
    self.ports = ports
    self.weights = weights
    self.bias = bias
    geometry = ConvolutionGeometry(
      ConvolutionSpec(
        outputs: ports.input.shape.channels, kernel: spec.kernel, stride: spec.stride,
        padding: spec.padding), input: ports.output.shape, output: ports.input.shape)
    let windows = geometry.output.positions * geometry.patch
    chunk = max(1, min(context.lanes.widest, Self.windowFloats / windows))
  }

  var scratchFloats: Int { chunk * geometry.output.positions * geometry.patch }
  private var positions: Int { geometry.output.positions }
  private var inputs: Int { geometry.output.channels }
  private var rows: Range<Int> { 0..<geometry.output.height }

  private func forEachChunk(_ samples: Range<Int>, _ body: (Range<Int>) -> Void) {
    for first in stride(from: samples.lowerBound, to: samples.upperBound, by: chunk) {
      body(first..<min(first + chunk, samples.upperBound))
    }
  }

  func forward(_ part: Part) {
    let (windows, output) = (part.scratch, ports.output)
    forEachChunk(part.samples) { samples in
      Matrix.times(
        windows, ldc: geometry.patch, ports.input.sample(samples.lowerBound), lda: inputs, weights,
        ldb: geometry.patch, m: samples.count * positions, n: geometry.patch, k: inputs)
      for sample in samples {
        let y = output.sample(sample)
        for position in 0..<geometry.input.positions {
          (y + position * output.stride).update(repeating: 0, count: geometry.input.channels)
        }
        fold(
          windows + (sample - samples.lowerBound) * positions * geometry.patch, geometry,
          rows: rows, addingTo: y, stride: output.stride)
        addBias(
          y, count: geometry.input.positions, columns: geometry.input.channels,
          stride: output.stride, bias: bias.map { UnsafePointer($0) }, relu: false)
      }
    }
  }

  /// - Parameter partial: a lane's gradient of the weights.
  func backward(_ part: Part, _ partial: UnsafeMutablePointer<Float>, _ biasSums: BiasSums?) {
    let (windows, delta) = (part.scratch, ports.outputGradient)
    if part.samples.isEmpty { partial.update(repeating: 0, count: inputs * geometry.patch) }
    biasSums?.clear(lane: part.index)
    forEachChunk(part.samples) { samples in
      for sample in samples {
        unfold(
          delta.sample(sample), stride: delta.stride, geometry, rows: rows,
          into: windows + (sample - samples.lowerBound) * positions * geometry.patch)
        biasSums?.add(
          lane: part.index, delta.sample(sample), positions: geometry.input.positions,
          columnStride: delta.stride)
      }
      let x = ports.input.sample(samples.lowerBound)
      Matrix.transposedTimes(
        partial, ldc: geometry.patch, x, lda: inputs, windows, ldb: geometry.patch, m: inputs,
        n: geometry.patch, k: samples.count * positions,
        beta: samples.lowerBound == part.samples.lowerBound ? 0 : 1)
      guard let gradient = ports.inputGradient else { return }
      Matrix.timesTransposed(
        gradient.sample(samples.lowerBound), ldc: inputs, windows, lda: geometry.patch, weights,
        ldb: geometry.patch, m: samples.count * positions, n: inputs, k: geometry.patch)
    }
  }
}

extension LayerCompiler {
  func visit(_ spec: TransposedConvolutionSpec) -> CompiledLayer {
    let (weights, bias) = linearParameters
    return .transposedConvolution(spec, ports, weights: weights, bias: bias, context: context)
  }
}

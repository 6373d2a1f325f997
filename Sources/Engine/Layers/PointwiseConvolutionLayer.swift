import Model

extension CompiledLayer {
  /// A 1×1 convolution with stride 1: a matrix product over positions and channels, on maps that may
  /// be slices of wider ones, in chunks of positions that stay in the cache.
  /// - Parameters:
  ///   - relu: whether max(·, 0) follows.
  ///   - adds: whether the result is added to what the output holds.
  static func pointwiseConvolution(
    _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool, adds: Bool = false,
    context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "PointwiseConvolution")
    layer.parameters = [weights] + (bias.map { [$0] } ?? [])
    let lanes = context.lanes.count
    let (inputs, outputs) = (ports.input.shape.channels, ports.output.shape.channels)
    let partials = LaneSums(inputs * outputs, lanes: lanes, arena: context.arena)
    let product = PointwiseConvolution(
      ports: ports, weights: weights.base,
      ending: ConvolutionEnding(
        bias: bias.map { UnsafePointer($0.base) }, relu: relu, adds: adds))
    context.needScratch(product.scratchFloats)
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

/// The products of a 1×1 convolution.
struct PointwiseConvolution {
  /// Whether a convolution is one that this computes.
  static func computes(_ spec: ConvolutionSpec) -> Bool {
    spec.kernel == 1 && spec.stride == 1 && spec.padding == 0 && spec.groups == 1
  }

  /// Floats of a chunk's inputs or outputs: an eighth of a usual second-level cache.
  private static let chunkFloats = 32 * 1024

  let ports: LayerPorts
  let weights: UnsafeMutablePointer<Float>
  let ending: ConvolutionEnding

  private var inputs: Int { ports.input.shape.channels }
  private var outputs: Int { ports.output.shape.channels }
  private var positions: Int { ports.input.shape.positions }
  private var chunk: Int { max(32, Self.chunkFloats / max(inputs, outputs) / 8 * 8) }

  /// A chunk's inputs, its outputs' gradients and its inputs' gradients.
  var scratchFloats: Int { chunk * (2 * inputs + outputs) + 3 * Arena.slack }

  /// Calls `body` with each chunk of a lane's positions, counted from its first sample's first.
  private func forEachChunk(_ samples: Range<Int>, _ body: (Range<Int>) -> Void) {
    let all = samples.count * positions
    for first in stride(from: 0, to: all, by: chunk) { body(first..<min(first + chunk, all)) }
  }

  /// The inputs of some positions, with the floats between them.
  private func inputs(
    _ sample: Int, _ rows: Range<Int>, _ scratch: UnsafeMutablePointer<Float>
  ) -> (UnsafePointer<Float>, Int) {
    let source = ports.source
    let base = source.maps.sample(sample) + rows.lowerBound * source.maps.stride
    if source.isPlain { return (UnsafePointer(base), source.maps.stride) }
    source.copy(base, positions: rows.count, to: scratch, columnStride: inputs)
    return (UnsafePointer(scratch), inputs)
  }

  func forward(_ part: Part) {
    let (first, output) = (part.samples.lowerBound, ports.output)
    forEachChunk(part.samples) { rows in
      let (x, lda) = inputs(first, rows, part.scratch)
      let y = output.sample(first) + rows.lowerBound * output.stride
      Matrix.timesTransposed(
        y, ldc: output.stride, x, lda: lda, weights, ldb: inputs, m: rows.count, n: outputs,
        k: inputs, beta: ending.adds ? 1 : 0)
      addBias(
        y, count: rows.count, columns: outputs, stride: output.stride, bias: ending.bias,
        relu: ending.relu)
    }
  }

  /// - Parameter partial: a lane's gradient of the weights, `[out][in]`.
  func backward(_ part: Part, _ partial: UnsafeMutablePointer<Float>, _ biasSums: BiasSums?) {
    let first = part.samples.lowerBound
    let delta = ports.delta(relu: ending.relu)
    let deltas = part.scratch + chunk * inputs + Arena.slack
    let gradients = deltas + chunk * outputs + Arena.slack
    let sink = ports.sink(lane: part.index)
    partial.update(repeating: 0, count: inputs * outputs)
    biasSums?.clear(lane: part.index)
    forEachChunk(part.samples) { rows in
      let (x, lda) = inputs(first, rows, part.scratch)
      var (dy, ldd) = (
        delta.maps.sample(first) + rows.lowerBound * delta.maps.stride, delta.maps.stride
      )
      if !delta.isPlain {
        delta.copy(first, rows, to: deltas, columnStride: outputs)
        (dy, ldd) = (deltas, outputs)
      }
      biasSums?.add(lane: part.index, dy, positions: rows.count, columnStride: ldd)
      Matrix.transposedTimes(
        partial, ldc: inputs, dy, lda: ldd, x, ldb: lda, m: outputs, n: inputs, k: rows.count,
        beta: 1)
      guard let sink else { return }
      if sink.normalization == nil {
        let maps = sink.maps
        Matrix.times(
          maps.sample(first) + rows.lowerBound * maps.stride, ldc: maps.stride, dy, lda: ldd,
          weights, ldb: inputs, m: rows.count, n: inputs, k: outputs,
          beta: sink.accumulates ? 1 : 0)
      } else {
        Matrix.times(
          gradients, ldc: inputs, dy, lda: ldd, weights, ldb: inputs, m: rows.count, n: inputs,
          k: outputs)
        sink.take(first, rows, gradients, columnStride: inputs)
      }
    }
  }
}

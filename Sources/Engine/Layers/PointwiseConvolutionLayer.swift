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

  /// Floats from one position of a chunk to the next: never a power of two, so that the positions keep
  /// out of each other's place in the cache.
  private var inputStride: Int { (inputs + 7) & ~7 | 8 }
  /// Floats from one output to the next where a chunk's gradients are transposed.
  private var chunkStride: Int { (chunk + 7) & ~7 | 8 }

  /// The weights in panels, then a chunk: its inputs, its outputs' gradients as they are and
  /// transposed, its inputs' gradients.
  var scratchFloats: Int {
    panelFloats + chunk * (2 * inputStride + outputs) + outputs * chunkStride + 4 * Arena.slack
  }

  private var panelFloats: Int {
    max(
      TileProduct.packedFloats(rows: inputs, columns: outputs),
      TileProduct.packedFloats(rows: outputs, columns: inputs))
  }

  /// Calls `body` with each chunk of a lane's positions, counted from its first sample's first.
  private func forEachChunk(_ samples: Range<Int>, _ body: (Range<Int>) -> Void) {
    let all = samples.count * positions
    for first in stride(from: 0, to: all, by: chunk) { body(first..<min(first + chunk, all)) }
  }

  /// The chunk behind one, in a lane.
  private func next(_ rows: Range<Int>, of part: Part) -> Range<Int> {
    rows.upperBound..<min(rows.upperBound + chunk, part.samples.count * positions)
  }

  /// Positions of a lane, counted through all samples.
  private func counted(_ rows: Range<Int>, _ firstSample: Int) -> Range<Int> {
    let start = firstSample * positions
    return start + rows.lowerBound..<start + rows.upperBound
  }

  func forward(_ part: Part) {
    let (first, output, source) = (part.samples.lowerBound, ports.output, ports.source(.single))
    TileProduct.packTransposed(
      weights, rows: outputs, columns: inputs, stride: inputs, part.scratch)
    let copies = part.scratch + panelFloats
    forEachChunk(part.samples) { rows in
      let maps = source.maps.sample(first) + rows.lowerBound * source.maps.stride
      var (x, stride) = (UnsafePointer(maps), source.maps.stride)
      if !source.isPlain {
        source.copy(maps, positions: rows.count, to: copies, columnStride: inputStride)
        (x, stride) = (UnsafePointer(copies), inputStride)
      }
      let y = output.sample(first) + rows.lowerBound * output.stride
      TileProduct.forEachPanel(outputs) { start, width in
        let product = TileProduct(
          a: x, segmentLength: inputs, b: part.scratch + start * inputs, strideB: width)
        @inline(__always)
        func put(_ row: Int, _ offset: Int, _ values: Vector) {
          let channel = start + offset
          let place = y + row * output.stride + channel
          var sum = values
          if let bias = ending.bias { sum += load(bias + channel) }
          store(ending.finished(sum, place), place, column: channel, of: outputs)
        }
        let panels = TileProduct.panelCount(outputs)
        product.panel(
          rowStride: stride, count: rows.count, width: width,
          beside: { block, blocks in
            if start == 0 { output.prefetch(counted(rows, first), part: block, of: blocks) }
            source.maps.prefetch(
              counted(next(rows, of: part), first), part: start / 16 * blocks + block,
              of: panels * blocks)
          }, put)
      }
    }
  }

  /// - Parameter partial: a lane's gradient of the weights, `[out][in]`.
  func backward(_ part: Part, _ partial: UnsafeMutablePointer<Float>, _ biasSums: BiasSums?) {
    let first = part.samples.lowerBound
    let delta = ports.delta(relu: ending.relu, .single)
    let x = part.scratch + panelFloats
    let deltas = x + chunk * inputStride + Arena.slack
    let transposed = deltas + chunk * outputs + Arena.slack
    let gradients = transposed + outputs * chunkStride + Arena.slack
    let (source, sink) = (ports.source(.single), ports.sink(lane: part.index, .single))
    if sink != nil {
      TileProduct.pack(weights, rows: outputs, columns: inputs, stride: inputs, part.scratch)
    }
    if part.samples.isEmpty { partial.update(repeating: 0, count: inputs * outputs) }
    biasSums?.clear(lane: part.index)
    forEachChunk(part.samples) { rows in
      source.copy(
        source.maps.sample(first) + rows.lowerBound * source.maps.stride, positions: rows.count,
        to: x, columnStride: inputStride)
      var (dy, stride) = (
        delta.maps.sample(first) + rows.lowerBound * delta.maps.stride, delta.maps.stride
      )
      if !delta.isPlain {
        delta.copy(first, rows, to: deltas, columnStride: outputs)
        (dy, stride) = (deltas, outputs)
      }
      biasSums?.add(lane: part.index, dy, positions: rows.count, columnStride: stride)
      transpose(
        dy, rows: rows.count, columns: outputs, stride: stride, transposed, toStride: chunkStride)
      addWeightGradient(
        x, transposed, positions: rows.count, to: partial, isFirst: rows.lowerBound == 0
      ) { sink?.maps.prefetch(counted(rows, first), part: $0, of: TileProduct.panelCount(inputs)) }
      guard let sink else { return }
      func putGradient(_ target: UnsafeMutablePointer<Float>, stride targetStride: Int, adds: Bool)
      {
        TileProduct.multiply(
          dy, rowStride: stride, rows: rows.count, depth: outputs, part.scratch, columns: inputs,
          to: target, stride: targetStride, adds: adds
        ) {
          let (next, panels) = (
            counted(next(rows, of: part), first), TileProduct.panelCount(inputs)
          )
          source.maps.prefetch(next, part: $0, of: panels)
          delta.maps.prefetch(next, part: $0, of: panels)
        }
      }
      if sink.normalization == nil {
        let maps = sink.maps
        putGradient(
          maps.sample(first) + rows.lowerBound * maps.stride, stride: maps.stride,
          adds: sink.accumulates)
      } else {
        putGradient(gradients, stride: inputStride, adds: false)
        sink.take(first, rows, gradients, columnStride: inputStride)
      }
    }
  }

  /// - Parameters:
  ///   - transposed: the outputs' gradients, an output in each row.
  ///   - isFirst: whether the partial gradient holds nothing yet.
  ///   - beside: called before each panel with its number.
  private func addWeightGradient(
    _ x: UnsafePointer<Float>, _ transposed: UnsafePointer<Float>, positions: Int,
    to partial: UnsafeMutablePointer<Float>, isFirst: Bool, beside: (Int) -> Void
  ) {
    TileProduct.forEachPanel(inputs) { start, width in
      beside(start / 16)
      let product = TileProduct(
        a: transposed, segmentLength: positions, b: x + start, strideB: inputStride)
      product.panel(rowStride: chunkStride, rows: 0..<outputs, width: width) {
        output, offset, values in
        let input = start + offset
        let place = partial + output * inputs + input
        store(isFirst ? values : load(place) + values, place, column: input, of: inputs)
      }
    }
  }
}

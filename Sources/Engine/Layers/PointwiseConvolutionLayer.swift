import Model

/// A 1×1 convolution with stride 1: one matrix product over positions and channels, on maps that
/// may be slices of wider ones.
final class PointwiseConvolutionLayer: Layer {
  let parameters: [Parameter]
  let forwardStages: [Stage]
  let backwardStages: [Stage]
  let reductionStages: [Stage]

  /// Positions of a product, so that its result is still in the cache when the bias is added.
  private static let rows = 1024
  /// Elements of the gradient that one part adds up.
  private static let block = 4096

  /// Whether a convolution is one that this layer computes.
  static func fits(_ spec: ConvolutionSpec) -> Bool {
    spec.kernel == 1 && spec.stride == 1 && spec.padding == 0 && spec.groups == 1
  }

  /// - Parameters:
  ///   - relu: whether max(·, 0) follows.
  ///   - adds: whether the result is added to what the output holds.
  init(
    _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool, adds: Bool = false,
    context: LayerContext
  ) {
    parameters = [weights] + (bias.map { [$0] } ?? [])
    let lanes = context.lanes.count
    let (inputs, outputs) = (ports.input.shape.channels, ports.output.shape.channels)
    let partialCount = (inputs + 1) * outputs
    let partials = context.arena.floats(lanes * partialCount)
    let chunk = max(1, Self.rows / ports.input.shape.positions)
    let (w, b) = (weights.base, bias.map { UnsafePointer($0.base) })

    forwardStages = [
      Stage(.lanes) { part, _ in
        Self.forEachChunk(of: part.samples, chunk, ports) { x, y, _, _, rows in
          Matrix.timesTransposed(
            y, ldc: ports.output.stride, x, lda: ports.input.stride, w, ldb: inputs, m: rows,
            n: outputs, k: inputs, beta: adds ? 1 : 0)
          addBias(
            y, count: rows, columns: outputs, stride: ports.output.stride, bias: b, relu: relu)
        }
      }
    ]
    backwardStages = [
      Stage(.lanes) { part, _ in
        let partial = partials + part.index * partialCount
        partial.update(repeating: 0, count: partialCount)
        let biasSums = partial + inputs * outputs
        let stride = ports.outputGradient.stride
        Self.forEachChunk(of: part.samples, chunk, ports) { x, y, dx, dy, rows in
          if relu {
            maskByOutput(
              dy, y, count: rows, columns: outputs, stride: stride,
              outputStride: ports.output.stride)
          }
          Matrix.transposedTimes(
            partial, ldc: inputs, dy, lda: stride, x, ldb: ports.input.stride, m: outputs,
            n: inputs, k: rows, beta: 1)
          if b != nil {
            for row in 0..<rows {
              for channel in 0..<outputs { biasSums[channel] += dy[row * stride + channel] }
            }
          }
          guard let dx, let gradient = ports.inputGradient else { return }
          Matrix.times(
            dx, ldc: gradient.stride, dy, lda: stride, w, ldb: inputs, m: rows, n: inputs,
            k: outputs, beta: ports.accumulates ? 1 : 0)
        }
      }
    ]
    let blocks = FixedBlocks(partialCount, of: Self.block)
    let (dw, db) = (weights.gradientBase, bias?.gradientBase)
    reductionStages = [
      Stage(.blocks(blocks.count)) { part, _ in
        for index in blocks[part.index] {
          var sum = partials[index]
          for lane in 1..<max(lanes, 1) { sum += partials[lane * partialCount + index] }
          if index < inputs * outputs {
            dw[index] = sum
          } else {
            db?[index - inputs * outputs] = sum
          }
        }
      }
    ]
  }

  private typealias Rows = UnsafeMutablePointer<Float>

  /// Calls `body` with input, output, their gradients and the number of rows of each chunk.
  private static func forEachChunk(
    of samples: Range<Int>, _ chunk: Int, _ ports: LayerPorts,
    _ body: (Rows, Rows, Rows?, Rows, Int) -> Void
  ) {
    for first in stride(from: samples.lowerBound, to: samples.upperBound, by: chunk) {
      let count = min(chunk, samples.upperBound - first)
      body(
        ports.input.sample(first), ports.output.sample(first), ports.inputGradient?.sample(first),
        ports.outputGradient.sample(first), count * ports.input.shape.positions)
    }
  }
}

/// The sizes of a dense layer.
struct DenseShape {
  let inputs: Int
  let outputs: Int
  /// Whether the output passes through max(·, 0).
  let relu: Bool

  /// Below this many outputs a layer counts as narrow.
  static let narrow = 64
  /// Inputs of one part of a narrow layer's backward pass.
  static let narrowInputs = 256
  /// Inputs, or outputs, that a packed panel of a wide layer's weights holds at most.
  static let depth = 512

  /// A wide layer's outputs, or inputs, in parts of about 64, as equal and as near to an even number as
  /// whole vectors allow, so that two threads share them evenly.
  static func parts(_ length: Int) -> FixedBlocks {
    let count = 2 * ((length + 127) / 128)
    return FixedBlocks(length, of: ((length + count - 1) / count + 7) & ~7)
  }

  /// The most floats of a part's weights that are updated behind their gradient: two such blocks beside
  /// it fill a usual second-level cache.
  static let updateFloats = 128 * 1024
}

/// Where a dense layer's arrays lie; matrices have a sample, or an output feature, in each row.
struct DenseMemory {
  let x: UnsafeMutablePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let dx: UnsafeMutablePointer<Float>?
  let dy: UnsafeMutablePointer<Float>
  let w: UnsafeMutablePointer<Float>
  let dw: UnsafeMutablePointer<Float>
  let b: UnsafeMutablePointer<Float>?
  let db: UnsafeMutablePointer<Float>?
}

/// Y[rows, outputs] = X·Wᵀ + b, of a narrow layer.
func narrowDenseForward(
  _ shape: DenseShape, _ memory: DenseMemory, rows: Range<Int>
) {
  let y = memory.y + rows.lowerBound * shape.outputs
  Matrix.timesTransposed(
    y, ldc: shape.outputs, memory.x + rows.lowerBound * shape.inputs, lda: shape.inputs,
    memory.w, ldb: shape.inputs, m: rows.count, n: shape.outputs, k: shape.inputs)
  addBias(
    y, count: rows.count, columns: shape.outputs, stride: shape.outputs,
    bias: memory.b.map { UnsafePointer($0) }, relu: shape.relu)
}

/// Y[:, outputs] = X·Wᵀ + b, of a part of a wide layer.
/// - Parameter panel: room for `DenseShape.depth` rows of a panel.
func denseForward(
  _ shape: DenseShape, _ memory: DenseMemory, count: Int, outputs: Range<Int>,
  panel: UnsafeMutablePointer<Float>
) {
  denseForward(shape, memory, outputs: outputs, panel: panel) { _, inputs, width, put in
    let product = TileProduct(
      a: memory.x + inputs.lowerBound, segmentLength: inputs.count, b: panel, strideB: width)
    product.panel(rowStride: shape.inputs, rows: 0..<count, width: width, put)
  }
}

/// Y[:, outputs] = X·Wᵀ + b, of a part of a wide layer, without X's zeros.
/// - Parameter panel: room for `DenseShape.depth` rows of a panel.
func denseForward(
  _ shape: DenseShape, _ memory: DenseMemory, sparse: SparseInput, count: Int,
  outputs: Range<Int>, panel: UnsafeMutablePointer<Float>
) {
  denseForward(shape, memory, outputs: outputs, panel: panel) { block, _, width, put in
    sparse.product(block: block, count: count, panel, width: width, put)
  }
}

/// Y[:, outputs] = X·Wᵀ + b: only the part's weights are packed, so that many small parts cost no more
/// than a few large ones.
/// - Parameter multiply: multiplies a block of inputs, given by number and range, with the packed panel of
///   that width, and hands the product out by row, column of the panel and eight values.
@inline(__always)
private func denseForward(
  _ shape: DenseShape, _ memory: DenseMemory, outputs: Range<Int>,
  panel: UnsafeMutablePointer<Float>,
  _ multiply: (Int, Range<Int>, Int, (Int, Int, Vector) -> Void) -> Void
) {
  let y = memory.y + outputs.lowerBound
  let bias = memory.b.map { $0 + outputs.lowerBound }
  let floor = Vector(repeating: shape.relu ? 0 : -.infinity)
  let blocks = FixedBlocks(shape.inputs, of: DenseShape.depth)
  TileProduct.forEachPanel(outputs.count) { start, width in
    for block in 0..<blocks.count {
      let (inputs, isLast) = (blocks[block], block == blocks.count - 1)
      TileProduct.packTransposed(
        memory.w + (outputs.lowerBound + start) * shape.inputs + inputs.lowerBound,
        rows: min(width, outputs.count - start), columns: inputs.count, stride: shape.inputs, panel)
      multiply(block, inputs, width) { row, offset, values in
        let column = start + offset
        let place = y + row * shape.outputs + column
        var sum = block == 0 ? values : load(place) + values
        if isLast {
          if let bias { sum += load(bias + column) }
          sum = sum.replacing(with: floor, where: sum .< floor)
        }
        store(sum, place, column: column, of: outputs.count)
      }
    }
  }
}

/// The fused ReLU's part of the backward pass, in place.
func denseMask(
  _ shape: DenseShape, _ memory: DenseMemory, rows: Range<Int>, outputs: Range<Int>
) {
  guard shape.relu else { return }
  let offset = rows.lowerBound * shape.outputs + outputs.lowerBound
  maskByOutput(
    memory.dy + offset, memory.y + offset, count: rows.count, columns: outputs.count,
    stride: shape.outputs)
}

/// db[outputs] = Σ over samples of δ.
func denseBiasGradient(
  _ shape: DenseShape, _ memory: DenseMemory, count: Int, outputs: Range<Int>
) {
  guard let db = memory.db else { return }
  sumRows(
    memory.dy + outputs.lowerBound, count: count, columns: outputs.count, stride: shape.outputs,
    into: db + outputs.lowerBound)
}

/// dW[outputs, inputs] = δᵀ·X.
/// - Parameter dw: where the gradient of the first output's weights begins.
func denseWeightGradient(
  _ shape: DenseShape, _ memory: DenseMemory, count: Int, outputs: Range<Int>, inputs: Range<Int>,
  to dw: UnsafeMutablePointer<Float>
) {
  Matrix.transposedTimes(
    dw + inputs.lowerBound, ldc: shape.inputs,
    memory.dy + outputs.lowerBound, lda: shape.outputs, memory.x + inputs.lowerBound,
    ldb: shape.inputs, m: outputs.count, n: inputs.count, k: count)
}

/// dX[:, inputs] = δ·W, of a narrow layer.
func narrowDenseInputGradient(
  _ shape: DenseShape, _ memory: DenseMemory, count: Int, inputs: Range<Int>
) {
  guard let dx = memory.dx else { return }
  Matrix.times(
    dx + inputs.lowerBound, ldc: shape.inputs, memory.dy, lda: shape.outputs,
    memory.w + inputs.lowerBound, ldb: shape.inputs, m: count, n: inputs.count, k: shape.outputs)
}

/// dX[:, inputs] = δ·W, of a part of a wide layer.
/// - Parameters:
///   - dx: the input's gradient.
///   - panels: room for `DenseShape.depth` rows of the part's weights in panels.
func denseInputGradient(
  _ shape: DenseShape, _ memory: DenseMemory, count: Int, inputs: Range<Int>,
  to dx: UnsafeMutablePointer<Float>, panels: UnsafeMutablePointer<Float>
) {
  let blocks = FixedBlocks(shape.outputs, of: DenseShape.depth)
  for block in 0..<blocks.count {
    let outputs = blocks[block]
    TileProduct.pack(
      memory.w + outputs.lowerBound * shape.inputs + inputs.lowerBound, rows: outputs.count,
      columns: inputs.count, stride: shape.inputs, panels)
    TileProduct.multiply(
      memory.dy + outputs.lowerBound, rowStride: shape.outputs, rows: count, depth: outputs.count,
      panels, columns: inputs.count, to: dx + inputs.lowerBound, stride: shape.inputs,
      adds: block > 0, beside: { _ in })
  }
}

/// The sizes of a dense layer.
struct DenseShape {
  let inputs: Int
  let outputs: Int
  /// Whether the output passes through max(·, 0).
  let relu: Bool

  /// Below this many outputs a layer counts as narrow.
  static let narrow = 64
  /// Outputs, or inputs, of one part of a wide layer.
  static let block = 64
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

/// Y[rows, outputs] = X·Wᵀ + b.
func denseForward(
  _ shape: DenseShape, _ memory: DenseMemory, rows: Range<Int>, outputs: Range<Int>
) {
  let y = memory.y + rows.lowerBound * shape.outputs + outputs.lowerBound
  Matrix.timesTransposed(
    y, ldc: shape.outputs, memory.x + rows.lowerBound * shape.inputs, lda: shape.inputs,
    memory.w + outputs.lowerBound * shape.inputs, ldb: shape.inputs, m: rows.count,
    n: outputs.count, k: shape.inputs)
  addBias(
    y, count: rows.count, columns: outputs.count, stride: shape.outputs,
    bias: memory.b.map { UnsafePointer($0 + outputs.lowerBound) }, relu: shape.relu)
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

/// dX[:, inputs] = δ·W.
func denseInputGradient(
  _ shape: DenseShape, _ memory: DenseMemory, count: Int, inputs: Range<Int>
) {
  guard let dx = memory.dx else { return }
  Matrix.times(
    dx + inputs.lowerBound, ldc: shape.inputs, memory.dy, lda: shape.outputs,
    memory.w + inputs.lowerBound, ldb: shape.inputs, m: count, n: inputs.count, k: shape.outputs)
}

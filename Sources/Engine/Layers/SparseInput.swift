/// A dense layer's input without its zeros, for the products that read it, as long as enough of a batch is
/// zero for that to be faster.
struct SparseInput {
  private let x: UnsafePointer<Float>
  private let inputs: Int
  /// Floats of a copy of δ for the outputs of one part of the layer.
  let deltaFloats: Int
  private let blocks: FixedBlocks
  private let byRows: SparsePieces
  /// The inputs by groups of `byColumns`.
  private let columns: FixedBlocks
  private let byColumns: SparsePieces
  /// Whether the last batch was sparse, 1 or 0; written by every forward pass before it is read.
  private let state: UnsafeMutablePointer<Int32>

  /// - Parameter capacity: the largest batch.
  init(_ shape: DenseShape, x: UnsafePointer<Float>, capacity: Int, arena: Arena) {
    self.x = x
    inputs = shape.inputs
    deltaFloats = capacity * DenseShape.parts(shape.outputs).size
    blocks = FixedBlocks(inputs, of: DenseShape.depth)
    byRows = SparsePieces(
      groups: FixedBlocks(capacity, of: SparseProduct.rows).count * blocks.count,
      length: blocks.size, width: SparseProduct.rows, arena: arena)
    columns = FixedBlocks(inputs, of: 8)
    byColumns = SparsePieces(
      groups: columns.count, length: capacity, width: 8, arena: arena)
    state = arena.integers(1)
  }

  /// Whether products of the last batch are to leave the zeros out.
  var isInUse: Bool { state.pointee == 1 }

  /// Before the layer's forward pass: leaves the zeros out for `product`, if the first samples let expect
  /// that at least an eighth of the work is saved. In one part, because a barrier between threads would
  /// cost more than is gained.
  var preparation: Stage {
    Stage(.whole) { _, pass in
      let groups = FixedBlocks(pass.count, of: SparseProduct.rows)
      let kept = SparsePieces.keptColumns(
        x, rows: min(pass.count, SparseProduct.rows), stride: inputs, columns: inputs)
      let isSparse = kept * 8 <= inputs * 7
      state.pointee = isSparse ? 1 : 0
      guard isSparse else { return }
      for group in 0..<groups.count {
        for block in 0..<blocks.count {
          byRows.takeColumns(
            group: group * blocks.count + block,
            x + groups[group].lowerBound * inputs + blocks[block].lowerBound,
            rows: groups[group].count, stride: inputs, columns: blocks[block].count)
        }
      }
    }
  }

  /// Before `weightGradient` in the backward pass: leaves the zeros out for it.
  var backwardPreparation: Stage {
    Stage(.whole) { _, pass in
      guard pass.learns, isInUse else { return }
      for group in 0..<columns.count {
        byColumns.takeRows(
          group: group, x + columns[group].lowerBound, rows: pass.count, stride: inputs)
      }
    }
  }

  /// One panel of the product of one block of the inputs with its weights.
  /// - Parameter panel: the block's weights, an input in each row of `width` numbers.
  @inline(__always)
  func product(
    block: Int, count: Int, _ panel: UnsafePointer<Float>, width: Int,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    let groups = FixedBlocks(count, of: SparseProduct.rows)
    for group in 0..<groups.count {
      let rows = groups[group]
      SparseProduct.panel(
        byRows[group * blocks.count + block], panel, strideB: width, width: width
      ) { row, column, values in
        if row < rows.count { emit(rows.lowerBound + row, column, values) }
      }
    }
  }

  /// dW[outputs, inputs] = δᵀ·X.
  /// - Parameters:
  ///   - delta: δ of these outputs, `stride` floats from one sample to the next.
  ///   - dw: where the gradient of the first output's weights begins.
  ///   - copy: room for `deltaFloats`.
  func weightGradient(
    _ delta: UnsafePointer<Float>, stride: Int, count: Int, outputs: Int,
    to dw: UnsafeMutablePointer<Float>, copy: UnsafeMutablePointer<Float>
  ) {
    let width = (outputs + 7) & ~7
    for row in 0..<count {
      (copy + row * width).update(from: delta + row * stride, count: outputs)
      (copy + row * width + outputs).update(repeating: 0, count: width - outputs)
    }
    for group in 0..<columns.count {
      let (pieces, column) = (byColumns[group], columns[group].lowerBound)
      for first in Swift.stride(from: 0, to: outputs, by: 8) {
        SparseProduct.transposedTile(copy + first, strideA: width, pieces) { row, values in
          let output = first + row
          guard output < outputs else { return }
          store(values, dw + output * inputs + column, column: column, of: inputs)
        }
      }
    }
  }
}

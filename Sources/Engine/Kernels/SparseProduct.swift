/// Products with a matrix of which only the pieces that are not zero were kept.
enum SparseProduct {
  /// Rows of a group of A in `panel`.
  static let rows = 6

  /// One panel of C = A·B for the rows of one group of A, whose pieces are columns of six rows. Hands it
  /// out in pieces of one row and eight columns: `emit(row, column, values)`.
  /// - Parameters:
  ///   - b: B's rows, one for each piece before any was left out, `strideB` floats apart.
  ///   - width: a multiple of 8.
  @inline(__always)
  static func panel(
    _ group: SparsePieces.Group, _ b: UnsafePointer<Float>, strideB: Int, width: Int,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    var column = 0
    while column < width {
      if column + 16 <= width {
        tile6x16(group, b + column, strideB) { emit($0, column + $1, $2) }
        column += 16
      } else {
        tile6x8(group, b + column, strideB) { emit($0, column, $1) }
        column += 8
      }
    }
  }

  @inline(__always)
  private static func tile6x16(
    _ group: SparsePieces.Group, _ b: UnsafePointer<Float>, _ strideB: Int,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    var (c00, c01, c10, c11) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var (c20, c21, c30, c31) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var (c40, c41, c50, c51) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var a = group.values
    for piece in 0..<group.count {
      let row = b + Int(group.places[piece]) &* strideB
      let (b0, b1) = (load(row), load(row + 8))
      var x = Vector(repeating: a[0])
      c00.accumulate(x, b0)
      c01.accumulate(x, b1)
      x = Vector(repeating: a[1])
      c10.accumulate(x, b0)
      c11.accumulate(x, b1)
      x = Vector(repeating: a[2])
      c20.accumulate(x, b0)
      c21.accumulate(x, b1)
      x = Vector(repeating: a[3])
      c30.accumulate(x, b0)
      c31.accumulate(x, b1)
      x = Vector(repeating: a[4])
      c40.accumulate(x, b0)
      c41.accumulate(x, b1)
      x = Vector(repeating: a[5])
      c50.accumulate(x, b0)
      c51.accumulate(x, b1)
      a += rows
    }
    emit(0, 0, c00)
    emit(0, 8, c01)
    emit(1, 0, c10)
    emit(1, 8, c11)
    emit(2, 0, c20)
    emit(2, 8, c21)
    emit(3, 0, c30)
    emit(3, 8, c31)
    emit(4, 0, c40)
    emit(4, 8, c41)
    emit(5, 0, c50)
    emit(5, 8, c51)
  }

  @inline(__always)
  private static func tile6x8(
    _ group: SparsePieces.Group, _ b: UnsafePointer<Float>, _ strideB: Int,
    _ emit: (Int, Vector) -> Void
  ) {
    var (c0, c1, c2) = (Vector.zero, Vector.zero, Vector.zero)
    var (c3, c4, c5) = (Vector.zero, Vector.zero, Vector.zero)
    var a = group.values
    for piece in 0..<group.count {
      let b0 = load(b + Int(group.places[piece]) &* strideB)
      c0.accumulate(Vector(repeating: a[0]), b0)
      c1.accumulate(Vector(repeating: a[1]), b0)
      c2.accumulate(Vector(repeating: a[2]), b0)
      c3.accumulate(Vector(repeating: a[3]), b0)
      c4.accumulate(Vector(repeating: a[4]), b0)
      c5.accumulate(Vector(repeating: a[5]), b0)
      a += rows
    }
    emit(0, c0)
    emit(1, c1)
    emit(2, c2)
    emit(3, c3)
    emit(4, c4)
    emit(5, c5)
  }

  /// Eight rows and eight columns of C = Aᵀ·B, for one group of B, whose pieces are rows of eight columns:
  /// `emit(row, values)`.
  /// - Parameter a: the eight columns of A, one row for each piece before any was left out, `strideA`
  ///   floats apart.
  @inline(__always)
  static func transposedTile(
    _ a: UnsafePointer<Float>, strideA: Int, _ group: SparsePieces.Group,
    _ emit: (Int, Vector) -> Void
  ) {
    var (c0, c1, c2, c3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var (c4, c5, c6, c7) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var b = group.values
    for piece in 0..<group.count {
      let a = a + Int(group.places[piece]) &* strideA
      let b0 = load(b)
      c0.accumulate(Vector(repeating: a[0]), b0)
      c1.accumulate(Vector(repeating: a[1]), b0)
      c2.accumulate(Vector(repeating: a[2]), b0)
      c3.accumulate(Vector(repeating: a[3]), b0)
      c4.accumulate(Vector(repeating: a[4]), b0)
      c5.accumulate(Vector(repeating: a[5]), b0)
      c6.accumulate(Vector(repeating: a[6]), b0)
      c7.accumulate(Vector(repeating: a[7]), b0)
      b += 8
    }
    emit(0, c0)
    emit(1, c1)
    emit(2, c2)
    emit(3, c3)
    emit(4, c4)
    emit(5, c5)
    emit(6, c6)
    emit(7, c7)
  }
}

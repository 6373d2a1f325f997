/// A matrix product C = A·B whose rows of A need not be copied together: row r of A starts at
/// `a + rows[r]` and consists of `segments` pieces of `segmentLength` numbers, `step` apart inside
/// a piece, pieces `segmentStride` apart; the last one may be shorter. B is row-major, one row for each number of a row of A.
///
/// With it a convolution reads its windows where they lie: forward, a row is a pixel and a piece a
/// row of the window; for the weights' gradient, a row is a weight and a piece a row of pixels.
struct TileProduct {
  var a: UnsafePointer<Float>
  var step = 1
  var segmentLength: Int
  var segments = 1
  /// Numbers that the last piece has less than the others.
  var shortfall = 0
  var segmentStride = 0
  var b: UnsafePointer<Float>
  var strideB: Int

  /// Offsets that a table of rows must hold behind its last row, all inside A.
  static let rowPadding = 6

  /// Calls `panel` with first column and width (8, 16 or 24) of the panels that cover `columns`:
  /// widths of 16 as long as possible, and 24 where 8 would be left over, because a tile of 8
  /// columns keeps only half of the multipliers busy.
  @inline(__always)
  static func forEachPanel(_ columns: Int, _ panel: (Int, Int) -> Void) {
    var start = 0
    while start < columns {
      let vectors = (columns - start + 7) / 8
      let width = vectors == 3 ? 24 : vectors == 1 ? 8 : 16
      panel(start, width)
      start += width
    }
  }

  /// How many panels cover `columns`.
  static func panelCount(_ columns: Int) -> Int { max(1, (columns + 7) / 16) }

  /// Computes one panel of C and hands it out in pieces of one row and eight columns, row by row:
  /// `emit(row, column, values)` with columns counted from the panel's first.
  @inline(__always)
  func panel(
    rows: UnsafePointer<Int32>, count: Int, width: Int, _ emit: (Int, Int, Vector) -> Void
  ) {
    panel(0..<count, width: width, row: { a + Int(rows[$0]) }, emit)
  }

  /// The longest rows for `shortPanel`.
  static let shortRow = 4

  /// One panel of C for rows of A of one piece with at most `shortRow` numbers: B stays in registers.
  /// So many numbers of each row, and so many rows of B, must be there to be read, zeros behind the
  /// last one.
  @inline(__always)
  func shortPanel(
    rows: UnsafePointer<Int32>, count: Int, width: Int, _ emit: (Int, Int, Vector) -> Void
  ) {
    for column in stride(from: 0, to: width, by: 8) {
      let (b0, b1) = (load(b + column), load(b + strideB + column))
      let (b2, b3) = (load(b + 2 * strideB + column), load(b + 3 * strideB + column))
      for row in 0..<count {
        let numbers = a + Int(rows[row])
        var sum = Vector(repeating: numbers[0]) * b0
        sum.accumulate(Vector(repeating: numbers[1]), b1)
        sum.accumulate(Vector(repeating: numbers[2]), b2)
        sum.accumulate(Vector(repeating: numbers[3]), b3)
        emit(row, column, sum)
      }
    }
  }

  /// Some rows of one panel of C, where the rows of A follow each other `rowStride` floats apart.
  @inline(__always)
  func panel(
    rowStride: Int, rows: Range<Int>, width: Int, _ emit: (Int, Int, Vector) -> Void
  ) {
    let last = rows.upperBound - 1
    panel(rows, width: width, row: { a + min($0, last) * rowStride }, emit)
  }

  /// One panel of C in blocks of rows; before each, `beside(block, of: blocks)` may begin to bring some
  /// memory near that is needed afterwards.
  @inline(__always)
  func panel(
    rowStride: Int, count: Int, width: Int, beside: (Int, Int) -> Void,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    // A multiple of the tiles' heights; small enough that what is fetched meanwhile does not pile up.
    let blocks = FixedBlocks(count, of: 24)
    for block in 0..<blocks.count {
      beside(block, blocks.count)
      panel(rowStride: rowStride, rows: blocks[block], width: width, emit)
    }
  }

  /// - Parameter row: where a row of A begins; asked for up to `rowPadding` rows behind the last.
  @inline(__always)
  private func panel(
    _ rows: Range<Int>, width: Int, row address: (Int) -> UnsafePointer<Float>,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    let (height, end) = (width == 24 ? 4 : 6, rows.upperBound)
    var row = rows.lowerBound
    while row < end {
      if width == 16 {
        tile6x16(row, address) { r, c, v in if row + r < end { emit(row + r, c, v) } }
      } else if width == 24 {
        tile4x24(row, address) { r, c, v in if row + r < end { emit(row + r, c, v) } }
      } else {
        tile6x8(row, address) { r, c, v in if row + r < end { emit(row + r, c, v) } }
      }
      row += height
    }
  }

  @inline(__always)
  private func tile6x16(
    _ row: Int, _ address: (Int) -> UnsafePointer<Float>, _ emit: (Int, Int, Vector) -> Void
  ) {
    var (c00, c01, c10, c11) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var (c20, c21, c30, c31) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var (c40, c41, c50, c51) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var (a0, a1, a2) = (address(row), address(row + 1), address(row + 2))
    var (a3, a4, a5) = (address(row + 3), address(row + 4), address(row + 5))
    var b = b
    let segmentStep = segmentStride - segmentLength * step
    for segment in 1...segments {
      for _ in 0..<(segment < segments ? segmentLength : segmentLength - shortfall) {
        let (b0, b1) = (load(b), load(b + 8))
        var x = Vector(repeating: a0[0])
        c00.accumulate(x, b0)
        c01.accumulate(x, b1)
        x = Vector(repeating: a1[0])
        c10.accumulate(x, b0)
        c11.accumulate(x, b1)
        x = Vector(repeating: a2[0])
        c20.accumulate(x, b0)
        c21.accumulate(x, b1)
        x = Vector(repeating: a3[0])
        c30.accumulate(x, b0)
        c31.accumulate(x, b1)
        x = Vector(repeating: a4[0])
        c40.accumulate(x, b0)
        c41.accumulate(x, b1)
        x = Vector(repeating: a5[0])
        c50.accumulate(x, b0)
        c51.accumulate(x, b1)
        a0 += step
        a1 += step
        a2 += step
        a3 += step
        a4 += step
        a5 += step
        b += strideB
      }
      a0 += segmentStep
      a1 += segmentStep
      a2 += segmentStep
      a3 += segmentStep
      a4 += segmentStep
      a5 += segmentStep
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
  private func tile4x24(
    _ row: Int, _ address: (Int) -> UnsafePointer<Float>, _ emit: (Int, Int, Vector) -> Void
  ) {
    var (c00, c01, c02) = (Vector.zero, Vector.zero, Vector.zero)
    var (c10, c11, c12) = (Vector.zero, Vector.zero, Vector.zero)
    var (c20, c21, c22) = (Vector.zero, Vector.zero, Vector.zero)
    var (c30, c31, c32) = (Vector.zero, Vector.zero, Vector.zero)
    var (a0, a1) = (address(row), address(row + 1))
    var (a2, a3) = (address(row + 2), address(row + 3))
    var b = b
    let segmentStep = segmentStride - segmentLength * step
    for segment in 1...segments {
      for _ in 0..<(segment < segments ? segmentLength : segmentLength - shortfall) {
        let (b0, b1, b2) = (load(b), load(b + 8), load(b + 16))
        var x = Vector(repeating: a0[0])
        c00.accumulate(x, b0)
        c01.accumulate(x, b1)
        c02.accumulate(x, b2)
        x = Vector(repeating: a1[0])
        c10.accumulate(x, b0)
        c11.accumulate(x, b1)
        c12.accumulate(x, b2)
        x = Vector(repeating: a2[0])
        c20.accumulate(x, b0)
        c21.accumulate(x, b1)
        c22.accumulate(x, b2)
        x = Vector(repeating: a3[0])
        c30.accumulate(x, b0)
        c31.accumulate(x, b1)
        c32.accumulate(x, b2)
        a0 += step
        a1 += step
        a2 += step
        a3 += step
        b += strideB
      }
      a0 += segmentStep
      a1 += segmentStep
      a2 += segmentStep
      a3 += segmentStep
    }
    emit(0, 0, c00)
    emit(0, 8, c01)
    emit(0, 16, c02)
    emit(1, 0, c10)
    emit(1, 8, c11)
    emit(1, 16, c12)
    emit(2, 0, c20)
    emit(2, 8, c21)
    emit(2, 16, c22)
    emit(3, 0, c30)
    emit(3, 8, c31)
    emit(3, 16, c32)
  }

  @inline(__always)
  private func tile6x8(
    _ row: Int, _ address: (Int) -> UnsafePointer<Float>, _ emit: (Int, Int, Vector) -> Void
  ) {
    var (c0, c1, c2) = (Vector.zero, Vector.zero, Vector.zero)
    var (c3, c4, c5) = (Vector.zero, Vector.zero, Vector.zero)
    var (a0, a1, a2) = (address(row), address(row + 1), address(row + 2))
    var (a3, a4, a5) = (address(row + 3), address(row + 4), address(row + 5))
    var b = b
    let segmentStep = segmentStride - segmentLength * step
    for segment in 1...segments {
      for _ in 0..<(segment < segments ? segmentLength : segmentLength - shortfall) {
        let b0 = load(b)
        c0.accumulate(Vector(repeating: a0[0]), b0)
        c1.accumulate(Vector(repeating: a1[0]), b0)
        c2.accumulate(Vector(repeating: a2[0]), b0)
        c3.accumulate(Vector(repeating: a3[0]), b0)
        c4.accumulate(Vector(repeating: a4[0]), b0)
        c5.accumulate(Vector(repeating: a5[0]), b0)
        a0 += step
        a1 += step
        a2 += step
        a3 += step
        a4 += step
        a5 += step
        b += strideB
      }
      a0 += segmentStep
      a1 += segmentStep
      a2 += segmentStep
      a3 += segmentStep
      a4 += segmentStep
      a5 += segmentStep
    }
    emit(0, 0, c0)
    emit(1, 0, c1)
    emit(2, 0, c2)
    emit(3, 0, c3)
    emit(4, 0, c4)
    emit(5, 0, c5)
  }
}

/// A matrix in groups of small pieces, of which only those that are not all zero are kept, in order.
///
/// Images of digits are mostly zeros. A product that leaves them out gives the bits of the whole one,
/// because adding 0·b changes no sum; only where b is infinite or not a number would it have been NaN.
struct SparsePieces {
  /// Numbers of a piece.
  let width: Int
  /// Pieces of a group before any is left out.
  private let length: Int
  private let values: UnsafeMutablePointer<Float>
  private let places: UnsafeMutablePointer<Int32>
  private let counts: UnsafeMutablePointer<Int32>

  init(groups: Int, length: Int, width: Int, arena: Arena) {
    self.width = width
    self.length = length
    values = arena.floats(groups * length * width)
    places = arena.integers(groups * length)
    counts = arena.integers(groups)
  }

  /// What is kept of one group.
  struct Group {
    /// `count` pieces, one behind the other.
    let values: UnsafePointer<Float>
    /// The number that each piece had among all pieces of its group.
    let places: UnsafePointer<Int32>
    let count: Int
  }

  subscript(_ group: Int) -> Group {
    Group(
      values: values + group * length * width, places: places + group * length,
      count: Int(counts[group]))
  }

  /// How many columns of some rows are not all zero.
  static func keptColumns(
    _ matrix: UnsafePointer<Float>, rows: Int, stride: Int, columns: Int
  ) -> Int {
    var counts = SIMD8<UInt32>.zero
    for first in Swift.stride(from: 0, to: columns & ~7, by: 8) {
      var bits = SIMD8<UInt32>.zero
      for row in 0..<rows { bits |= bitsOfMagnitude(matrix + row * stride + first) }
      counts.replace(with: counts &+ 1, where: bits .!= 0)
    }
    var kept = Int(counts.wrappedSum())
    for column in columns & ~7..<columns
    where (0..<rows).contains(where: { matrix[$0 * stride + column] != 0 }) { kept += 1 }
    return kept
  }

  /// Fills a group with columns of some rows: a piece is a column, with zeros for rows that lack.
  /// - Parameters:
  ///   - rows: 1 … `width`, each `stride` floats behind the one before.
  ///   - columns: at most the length of a group.
  func takeColumns(
    group: Int, _ matrix: UnsafePointer<Float>, rows: Int, stride: Int, columns: Int
  ) {
    let (values, places) = (values + group * length * width, places + group * length)
    var count = 0
    for first in Swift.stride(from: 0, to: columns, by: 8) {
      var bits = SIMD8<UInt32>.zero
      for row in 0..<rows { bits |= Self.bitsOfMagnitude(matrix + row * stride + first) }
      if bits == .zero { continue }
      for column in first..<min(first + 8, columns) where bits[column - first] != 0 {
        let piece = values + count * width
        for row in 0..<width { piece[row] = row < rows ? matrix[row * stride + column] : 0 }
        places[count] = Int32(column)
        count += 1
      }
    }
    counts[group] = Int32(count)
  }

  /// Fills a group of `width` 8 with eight neighbouring columns: a piece is a row's part of them.
  /// - Parameter rows: at most the length of a group, each `stride` floats behind the one before.
  func takeRows(group: Int, _ matrix: UnsafePointer<Float>, rows: Int, stride: Int) {
    let (values, places) = (values + group * length * width, places + group * length)
    var count = 0
    for row in 0..<rows where Self.bitsOfMagnitude(matrix + row * stride) != .zero {
      store(load(matrix + row * stride), values + count * width)
      places[count] = Int32(row)
      count += 1
    }
    counts[group] = Int32(count)
  }

  /// The bits of eight floats without their signs: zero for 0 and −0.
  @inline(__always)
  private static func bitsOfMagnitude(_ address: UnsafePointer<Float>) -> SIMD8<UInt32> {
    unsafeBitCast(load(address), to: SIMD8<UInt32>.self) & SIMD8(repeating: 0x7fff_ffff)
  }
}

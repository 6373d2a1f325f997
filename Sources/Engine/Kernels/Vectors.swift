/// Eight floats, one AVX register.
typealias Vector = SIMD8<Float>

extension SIMD8<Float> {
  /// self += a·b in one instruction, rounded once; twice in a build without FMA, where the fused
  /// form would be a library call for every element.
  @inline(__always)
  mutating func accumulate(_ a: Vector, _ b: Vector) {
    #if REGBENCH_PORTABLE
      self += a * b
    #else
      self = addingProduct(a, b)
    #endif
  }
}

/// Eight floats from an address of any alignment.
@inline(__always)
func load(_ address: UnsafePointer<Float>) -> Vector {
  UnsafeRawPointer(address).loadUnaligned(as: Vector.self)
}

/// Which of eight floats are negative or −0.
@inline(__always)
func hasSignBit(_ vector: Vector) -> SIMDMask<SIMD8<UInt32>.MaskStorage> {
  let sign = SIMD8<UInt32>(repeating: 0x8000_0000)
  return (unsafeBitCast(vector, to: SIMD8<UInt32>.self) & sign) .== sign
}

/// Eight floats to an address of any alignment.
@inline(__always)
func store(_ vector: Vector, _ address: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(address).storeBytes(of: vector, as: Vector.self)
}

/// The first `count` (0 … 7) of eight floats. Behind a pointer and a call, because the compiler would
/// otherwise hold the vectors of a whole loop in halves for the sake of its last round.
@inline(__always)
func store(_ vector: Vector, _ address: UnsafeMutablePointer<Float>, first count: Int) {
  withUnsafeBytes(of: vector) { copyFloats($0, address, count) }
}

@inline(never)
private func copyFloats(
  _ source: UnsafeRawBufferPointer, _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  var (source, target) = (source.baseAddress!, UnsafeMutableRawPointer(target))
  func copy<Numbers>(_: Numbers.Type) {
    target.storeBytes(of: source.loadUnaligned(as: Numbers.self), as: Numbers.self)
    source += MemoryLayout<Numbers>.size
    target += MemoryLayout<Numbers>.size
  }
  if count & 4 != 0 { copy(SIMD4<Float>.self) }
  if count & 2 != 0 { copy(SIMD2<Float>.self) }
  if count & 1 != 0 { copy(Float.self) }
}

/// Eight floats, or as many of them as lie before column `columns`.
@inline(__always)
func store(
  _ vector: Vector, _ address: UnsafeMutablePointer<Float>, column: Int, of columns: Int
) {
  if column + 8 <= columns {
    store(vector, address)
  } else if column < columns {
    store(vector, address, first: columns - column)
  }
}

/// Eight floats, or as many of them as lie before column `columns`.
/// - Parameter spills: whether the rest may be written too, because what follows is written later.
@inline(__always)
func store(
  _ vector: Vector, _ address: UnsafeMutablePointer<Float>, column: Int, of columns: Int,
  spills: Bool
) {
  if spills {
    store(vector, address)
  } else {
    store(vector, address, column: column, of: columns)
  }
}

/// Transposes an 8 × 8 block: `to` row j, element i is `from` row i, element j.
@inline(__always)
func transpose8x8(
  _ from: UnsafePointer<Float>, stride: Int, _ to: UnsafeMutablePointer<Float>, toStride: Int
) {
  @inline(__always)
  func low(_ a: Vector, _ b: Vector) -> Vector {
    Vector(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5])
  }
  @inline(__always)
  func high(_ a: Vector, _ b: Vector) -> Vector {
    Vector(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7])
  }
  @inline(__always)
  func lowPairs(_ a: Vector, _ b: Vector) -> Vector {
    Vector(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5])
  }
  @inline(__always)
  func highPairs(_ a: Vector, _ b: Vector) -> Vector {
    Vector(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7])
  }
  @inline(__always)
  func put(_ a: Vector, _ b: Vector, _ row: Int) {
    store(Vector(lowHalf: a.lowHalf, highHalf: b.lowHalf), to + row * toStride)
    store(Vector(lowHalf: a.highHalf, highHalf: b.highHalf), to + (row + 4) * toStride)
  }
  let (r0, r1, r2, r3) = (
    load(from), load(from + stride), load(from + 2 * stride), load(from + 3 * stride)
  )
  let (r4, r5, r6, r7) = (
    load(from + 4 * stride), load(from + 5 * stride), load(from + 6 * stride),
    load(from + 7 * stride)
  )
  let (t0, t1, t2, t3) = (low(r0, r1), high(r0, r1), low(r2, r3), high(r2, r3))
  let (t4, t5, t6, t7) = (low(r4, r5), high(r4, r5), low(r6, r7), high(r6, r7))
  put(lowPairs(t0, t2), lowPairs(t4, t6), 0)
  put(highPairs(t0, t2), highPairs(t4, t6), 1)
  put(lowPairs(t1, t3), lowPairs(t5, t7), 2)
  put(highPairs(t1, t3), highPairs(t5, t7), 3)
}

/// `to`[column][row] = `from`[row][column] for a `rows` × `columns` block.
func transpose(
  _ from: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
  _ to: UnsafeMutablePointer<Float>, toStride: Int
) {
  let (evenRows, evenColumns) = (rows & ~7, columns & ~7)
  for column in Swift.stride(from: 0, to: evenColumns, by: 8) {
    for row in Swift.stride(from: 0, to: evenRows, by: 8) {
      transpose8x8(
        from + row * stride + column, stride: stride, to + column * toStride + row,
        toStride: toStride)
    }
  }
  for column in 0..<columns {
    for row in (column < evenColumns ? evenRows : 0)..<rows {
      to[column * toStride + row] = from[row * stride + column]
    }
  }
}

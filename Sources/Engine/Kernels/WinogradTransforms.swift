/// The linear maps of Winograd's minimal filtering F(4×4, 3×3) (Lavin and Gray 2016, "Fast
/// algorithms for convolutional neural networks"), and their adjoints, on eight channels at a time.
///
/// A tile of 4 × 4 outputs is Aᵀ[(G·g·Gᵀ) ∘ (Bᵀ·d·B)]A for a 3 × 3 filter g and the 6 × 6 inputs d
/// that it reads: 36 multiplications instead of 144. Going backward, the adjoints of the same maps
/// lead from the outputs' gradient to those of inputs and filters.
enum WinogradTransform {
  /// Rows and columns of a tile of outputs.
  static let outputs = 4
  /// Rows and columns of the inputs that a tile reads.
  static let inputs = 6
  /// Multiplications of a tile: numbers of a transformed tile.
  static let points = 36
  /// Floats of room that a transform needs.
  static let roomFloats = points * 8

  private typealias Three = (Vector, Vector, Vector)
  private typealias Four = (Vector, Vector, Vector, Vector)
  private typealias Six = (Vector, Vector, Vector, Vector, Vector, Vector)

  /// a·b + c in one rounding.
  @inline(__always)
  private static func fused(_ a: Float, _ b: Vector, _ c: Vector) -> Vector {
    var sum = c
    sum.accumulate(Vector(repeating: a), b)
    return sum
  }

  /// Bᵀ.
  @inline(__always)
  private static func input(_ d: Six) -> Six {
    let a = fused(-4, d.2, d.4)
    let b = fused(-4, d.1, d.3)
    let c = d.4 - d.2
    let e = d.3 - d.1
    return (
      fused(4, d.0, fused(-5, d.2, d.4)), a + b, a - b, fused(2, e, c), fused(-2, e, c),
      fused(4, d.1, fused(-5, d.3, d.5))
    )
  }

  /// B.
  @inline(__always)
  private static func inputAdjoint(_ x: Six) -> Six {
    let (s, d) = (x.1 + x.2, x.2 - x.1)
    let (p, q) = (x.3 + x.4, x.3 - x.4)
    return (
      4 * x.0, fused(4, d, fused(-2, q, 4 * x.5)), fused(-5, x.0, fused(-4, s, -p)),
      fused(2, q, fused(-5, x.5, -d)), x.0 + (s + p), x.5
    )
  }

  /// Aᵀ.
  @inline(__always)
  private static func output(_ m: Six) -> Four {
    let (s, d) = (m.1 + m.2, m.1 - m.2)
    let (p, q) = (m.3 + m.4, m.3 - m.4)
    return (m.0 + (s + p), fused(2, q, d), fused(4, p, s), fused(8, q, d) + m.5)
  }

  /// A.
  @inline(__always)
  private static func outputAdjoint(_ y: Four) -> Six {
    let (even, odd) = (y.0 + y.2, y.1 + y.3)
    let (even2, odd2) = (fused(4, y.2, y.0), fused(4, y.3, y.1))
    return (
      y.0, even + odd, even - odd, fused(2, odd2, even2), fused(-2, odd2, even2), y.3
    )
  }

  /// G.
  @inline(__always)
  private static func filter(_ g: Three) -> Six {
    let even = (g.0 + g.2) * (-1 / 6)
    let wide = fused(4, g.2, g.0) * (1 / 24)
    return (
      g.0 * (1 / 4), fused(-1 / 6, g.1, even), fused(1 / 6, g.1, even), fused(1 / 12, g.1, wide),
      fused(-1 / 12, g.1, wide), g.2
    )
  }

  /// Gᵀ.
  @inline(__always)
  private static func filterAdjoint(_ u: Six) -> Three {
    let (s, d) = (u.1 + u.2, u.2 - u.1)
    let (p, q) = (u.3 + u.4, u.3 - u.4)
    return (
      fused(1 / 24, p, fused(-1 / 6, s, u.0 * (1 / 4))), fused(1 / 12, q, d * (1 / 6)),
      fused(1 / 6, p, fused(-1 / 6, s, u.5))
    )
  }

  @inline(__always)
  private static func six(_ at: UnsafePointer<Float>, _ step: Int) -> Six {
    (
      load(at), load(at + step), load(at + 2 * step), load(at + 3 * step), load(at + 4 * step),
      load(at + 5 * step)
    )
  }

  @inline(__always)
  private static func put(_ x: Six, _ at: UnsafeMutablePointer<Float>, _ step: Int) {
    store(x.0, at)
    store(x.1, at + step)
    store(x.2, at + 2 * step)
    store(x.3, at + 3 * step)
    store(x.4, at + 4 * step)
    store(x.5, at + 5 * step)
  }

  /// Bᵀ·d·B: from 6 × 6 inputs to 36 numbers `step` floats apart.
  @inline(__always)
  static func input(
    _ d: UnsafePointer<Float>, row: Int, column: Int, room: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>, step: Int
  ) {
    for j in 0..<6 { put(input(six(d + j * column, row)), room + j * 8, 48) }
    for i in 0..<6 { put(input(six(room + i * 48, 8)), target + 6 * i * step, step) }
  }

  /// B·x·Bᵀ: from 36 numbers to 6 × 6 inputs' gradients, added to what is there.
  @inline(__always)
  static func addInputAdjoint(
    _ x: UnsafePointer<Float>, step: Int, room: UnsafeMutablePointer<Float>,
    to d: UnsafeMutablePointer<Float>, row: Int, column: Int
  ) {
    for j in 0..<6 { put(inputAdjoint(six(x + j * step, 6 * step)), room + j * 8, 48) }
    for i in 0..<6 {
      let line = d + i * row
      let sum = inputAdjoint(six(room + i * 48, 8))
      let old = six(line, column)
      put(
        (
          old.0 + sum.0, old.1 + sum.1, old.2 + sum.2, old.3 + sum.3, old.4 + sum.4, old.5 + sum.5
        ), line, column)
    }
  }

  /// Aᵀ·m·A: from 36 numbers to 4 × 4 outputs, handed out as `emit(row, column, values)`.
  @inline(__always)
  static func output(
    _ m: UnsafePointer<Float>, step: Int, room: UnsafeMutablePointer<Float>,
    _ emit: (Int, Int, Vector) -> Void
  ) {
    for j in 0..<6 {
      let y = output(six(m + j * step, 6 * step))
      store(y.0, room + j * 8)
      store(y.1, room + 48 + j * 8)
      store(y.2, room + 96 + j * 8)
      store(y.3, room + 144 + j * 8)
    }
    for i in 0..<4 {
      let y = output(six(room + i * 48, 8))
      emit(i, 0, y.0)
      emit(i, 1, y.1)
      emit(i, 2, y.2)
      emit(i, 3, y.3)
    }
  }

  /// A·y·Aᵀ: from 4 × 4 outputs' gradients to 36 numbers `step` floats apart.
  @inline(__always)
  static func outputAdjoint(
    _ y: UnsafePointer<Float>, row: Int, column: Int, room: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>, step: Int
  ) {
    for j in 0..<4 {
      let at = y + j * column
      let z = outputAdjoint((load(at), load(at + row), load(at + 2 * row), load(at + 3 * row)))
      put(z, room + j * 8, 32)
    }
    for i in 0..<6 {
      let at = room + i * 32
      put(
        outputAdjoint((load(at), load(at + 8), load(at + 16), load(at + 24))),
        target + 6 * i * step, step)
    }
  }

  /// G·g·Gᵀ: from 3 × 3 filter taps, eight filters side by side in each, to 36 numbers.
  @inline(__always)
  static func filter(
    _ g: UnsafePointer<Float>, tap: Int, room: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>, step: Int
  ) {
    for j in 0..<3 {
      let at = g + j * tap
      put(filter((load(at), load(at + 3 * tap), load(at + 6 * tap))), room + j * 8, 24)
    }
    for i in 0..<6 {
      let at = room + i * 24
      put(filter((load(at), load(at + 8), load(at + 16))), target + 6 * i * step, step)
    }
  }

  /// Gᵀ·u·G: from 36 numbers, handed in by `u(point)`, to 3 × 3 taps.
  @inline(__always)
  static func filterAdjoint(
    room: UnsafeMutablePointer<Float>, to g: UnsafeMutablePointer<Float>, tap: Int,
    _ u: (Int) -> Vector
  ) {
    for j in 0..<6 {
      let x = filterAdjoint((u(j), u(6 + j), u(12 + j), u(18 + j), u(24 + j), u(30 + j)))
      store(x.0, room + j * 8)
      store(x.1, room + 48 + j * 8)
      store(x.2, room + 96 + j * 8)
    }
    for i in 0..<3 {
      let x = filterAdjoint(six(room + i * 48, 8))
      store(x.0, g + 3 * i * tap)
      store(x.1, g + (3 * i + 1) * tap)
      store(x.2, g + (3 * i + 2) * tap)
    }
  }
}

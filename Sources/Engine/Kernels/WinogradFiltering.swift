/// The one-dimensional maps of Winograd's minimal filtering F(outputs, kernel) (Lavin and Gray 2016,
/// "Fast algorithms for convolutional neural networks"), and their adjoints, on eight channels at a
/// time.
///
/// For a filter g and the inputs d that `outputs` neighbouring outputs read, these are
/// Aᵀ[(G·g) ∘ (Bᵀ·d)]. G evaluates g, a polynomial's coefficients, at the points of the filtering
/// (infinity gives the highest coefficient), A does the same for outputs, and B interpolates: Bᵀ has
/// the points' Lagrange polynomials in its rows. Going backward, the adjoints of the same maps lead
/// from the outputs' gradient to those of inputs and filters.
///
/// A map reads its numbers by `x(index)` and hands its results out as `emit(index, values)`.
protocol WinogradFiltering {
  /// Numbers of a filter.
  static var kernel: Int { get }
  /// Outputs that are computed together.
  static var outputs: Int { get }
  /// Vector instructions of a tile's two-dimensional input and output maps, for each eight channels.
  static var work: (inputs: Int, outputs: Int) { get }
  /// Bᵀ.
  static func input(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void)
  /// B.
  static func inputAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void)
  /// Aᵀ.
  static func output(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void)
  /// A.
  static func outputAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void)
  /// G.
  static func filter(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void)
  /// Gᵀ.
  static func filterAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void)
}

/// The maps of a filtering, for those who apply whichever they are told.
enum WinogradMap {
  case input, inputAdjoint, output, outputAdjoint, filter, filterAdjoint
}

extension WinogradFiltering {
  @inline(__always)
  static func apply(
    _ map: WinogradMap, _ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void
  ) {
    switch map {
    case .input: input(x, emit)
    case .inputAdjoint: inputAdjoint(x, emit)
    case .output: output(x, emit)
    case .outputAdjoint: outputAdjoint(x, emit)
    case .filter: filter(x, emit)
    case .filterAdjoint: filterAdjoint(x, emit)
    }
  }

  /// Inputs that the outputs read.
  static var inputs: Int { outputs + kernel - 1 }
  /// Multiplications of a two-dimensional tile.
  static var points: Int { inputs * inputs }
}

/// a·b + c in one rounding.
@inline(__always)
private func fused(_ a: Float, _ b: Vector, _ c: Vector) -> Vector {
  var sum = c
  sum.accumulate(Vector(repeating: a), b)
  return sum
}

/// F(4, 3) at the points 0, ±1, ±2 and infinity.
enum FourByThree: WinogradFiltering {
  static let kernel = 3
  static let outputs = 4
  static let work = (inputs: 160, outputs: 112)

  @inline(__always)
  static func input(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (d0, d1, d2, d3, d4, d5) = (x(0), x(1), x(2), x(3), x(4), x(5))
    let a = fused(-4, d2, d4)
    let b = fused(-4, d1, d3)
    let c = d4 - d2
    let e = d3 - d1
    emit(0, fused(4, d0, fused(-5, d2, d4)))
    emit(1, a + b)
    emit(2, a - b)
    emit(3, fused(2, e, c))
    emit(4, fused(-2, e, c))
    emit(5, fused(4, d1, fused(-5, d3, d5)))
  }

  @inline(__always)
  static func inputAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (x0, x1, x2, x3, x4, x5) = (x(0), x(1), x(2), x(3), x(4), x(5))
    let (s, d) = (x1 + x2, x2 - x1)
    let (p, q) = (x3 + x4, x3 - x4)
    emit(0, 4 * x0)
    emit(1, fused(4, d, fused(-2, q, 4 * x5)))
    emit(2, fused(-5, x0, fused(-4, s, -p)))
    emit(3, fused(2, q, fused(-5, x5, -d)))
    emit(4, x0 + (s + p))
    emit(5, x5)
  }

  @inline(__always)
  static func output(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (m1, m2, m3, m4) = (x(1), x(2), x(3), x(4))
    let (s, d) = (m1 + m2, m1 - m2)
    let (p, q) = (m3 + m4, m3 - m4)
    emit(0, x(0) + (s + p))
    emit(1, fused(2, q, d))
    emit(2, fused(4, p, s))
    emit(3, fused(8, q, d) + x(5))
  }

  @inline(__always)
  static func outputAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (y0, y1, y2, y3) = (x(0), x(1), x(2), x(3))
    let (even, odd) = (y0 + y2, y1 + y3)
    let (even2, odd2) = (fused(4, y2, y0), fused(4, y3, y1))
    emit(0, y0)
    emit(1, even + odd)
    emit(2, even - odd)
    emit(3, fused(2, odd2, even2))
    emit(4, fused(-2, odd2, even2))
    emit(5, y3)
  }

  @inline(__always)
  static func filter(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (g0, g1, g2) = (x(0), x(1), x(2))
    let even = (g0 + g2) * (-1 / 6)
    let wide = fused(4, g2, g0) * (1 / 24)
    emit(0, g0 * (1 / 4))
    emit(1, fused(-1 / 6, g1, even))
    emit(2, fused(1 / 6, g1, even))
    emit(3, fused(1 / 12, g1, wide))
    emit(4, fused(-1 / 12, g1, wide))
    emit(5, g2)
  }

  @inline(__always)
  static func filterAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (u0, u1, u2, u3, u4, u5) = (x(0), x(1), x(2), x(3), x(4), x(5))
    let (s, d) = (u1 + u2, u2 - u1)
    let (p, q) = (u3 + u4, u3 - u4)
    emit(0, fused(1 / 24, p, fused(-1 / 6, s, u0 * (1 / 4))))
    emit(1, fused(1 / 12, q, d * (1 / 6)))
    emit(2, fused(1 / 6, p, fused(-1 / 6, s, u5)))
  }
}

/// F(4, 5) at the points 0, ±1, ±2, ±½ and infinity.
enum FourByFive: WinogradFiltering {
  static let kernel = 5
  static let outputs = 4
  static let work = (inputs: 480, outputs: 270)

  @inline(__always)
  static func input(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (d1, d2, d3, d4, d5, d6) = (x(1), x(2), x(3), x(4), x(5), x(6))
    emit(0, fused(21 / 4, d4 - d2, x(0) - d6))
    let (even1, odd1) = (fused(-17 / 4, d4, d2 + d6), fused(-17 / 4, d3, d1 + d5))
    emit(1, even1 + odd1)
    emit(2, even1 - odd1)
    let even2 = fused(1 / 4, d2, fused(-5 / 4, d4, d6))
    let odd2 = fused(1 / 4, d1, fused(-5 / 4, d3, d5))
    emit(3, fused(2, odd2, even2))
    emit(4, fused(-2, odd2, even2))
    let even3 = fused(4, d2, fused(-5, d4, d6))
    let odd3 = fused(4, d1, fused(-5, d3, d5))
    emit(5, fused(1 / 2, odd3, even3))
    emit(6, fused(-1 / 2, odd3, even3))
    emit(7, fused(21 / 4, d3 - d5, x(7) - d1))
  }

  @inline(__always)
  static func inputAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (x0, x7) = (x(0), x(7))
    let (s1, d1) = (x(1) + x(2), x(1) - x(2))
    let (s2, d2) = (x(3) + x(4), 2 * (x(3) - x(4)))
    let (s3, d3) = (x(5) + x(6), 0.5 * (x(5) - x(6)))
    emit(0, x0)
    emit(1, fused(4, d3, fused(1 / 4, d2, d1 - x7)))
    emit(2, fused(4, s3, fused(1 / 4, s2, fused(-21 / 4, x0, s1))))
    emit(3, fused(-5, d3, fused(-5 / 4, d2, fused(-17 / 4, d1, x7 * (21 / 4)))))
    emit(4, fused(-5, s3, fused(-5 / 4, s2, fused(-17 / 4, s1, x0 * (21 / 4)))))
    emit(5, fused(-21 / 4, x7, d1 + (d2 + d3)))
    emit(6, (s1 + (s2 + s3)) - x0)
    emit(7, x7)
  }

  @inline(__always)
  static func output(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (s1, d1) = (x(1) + x(2), x(1) - x(2))
    let (s2, d2) = (x(3) + x(4), x(3) - x(4))
    let (s3, d3) = (x(5) + x(6), x(5) - x(6))
    emit(0, x(0) + (s1 + (s2 + s3)))
    emit(1, fused(1 / 2, d3, fused(2, d2, d1)))
    emit(2, fused(1 / 4, s3, fused(4, s2, s1)))
    emit(3, fused(1 / 8, d3, fused(8, d2, d1 + x(7))))
  }

  @inline(__always)
  static func outputAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (y0, y1, y2, y3) = (x(0), x(1), x(2), x(3))
    emit(0, y0)
    let (even1, odd1) = (y0 + y2, y1 + y3)
    emit(1, even1 + odd1)
    emit(2, even1 - odd1)
    let (even2, odd2) = (fused(4, y2, y0), fused(4, y3, y1))
    emit(3, fused(2, odd2, even2))
    emit(4, fused(-2, odd2, even2))
    let (even3, odd3) = (fused(1 / 4, y2, y0), fused(1 / 4, y3, y1))
    emit(5, fused(1 / 2, odd3, even3))
    emit(6, fused(-1 / 2, odd3, even3))
    emit(7, y3)
  }

  @inline(__always)
  static func filter(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (g0, g1, g2, g3, g4) = (x(0), x(1), x(2), x(3), x(4))
    emit(0, g0)
    let (even1, odd1) = ((g0 + (g2 + g4)) * (-2 / 9), (g1 + g3) * (-2 / 9))
    emit(1, even1 + odd1)
    emit(2, even1 - odd1)
    let even2 = fused(16, g4, fused(4, g2, g0)) * (1 / 90)
    let odd2 = fused(4, g3, g1)
    emit(3, fused(1 / 45, odd2, even2))
    emit(4, fused(-1 / 45, odd2, even2))
    let even3 = fused(1 / 16, g4, fused(1 / 4, g2, g0)) * (32 / 45)
    let odd3 = fused(1 / 4, g3, g1)
    emit(5, fused(16 / 45, odd3, even3))
    emit(6, fused(-16 / 45, odd3, even3))
    emit(7, g4)
  }

  @inline(__always)
  static func filterAdjoint(_ x: (Int) -> Vector, _ emit: (Int, Vector) -> Void) {
    let (s1, d1) = ((x(1) + x(2)) * (-2 / 9), (x(1) - x(2)) * (-2 / 9))
    let (s2, d2) = ((x(3) + x(4)) * (1 / 90), (x(3) - x(4)) * (1 / 45))
    let (s3, d3) = ((x(5) + x(6)) * (32 / 45), (x(5) - x(6)) * (16 / 45))
    emit(0, x(0) + (s1 + (s2 + s3)))
    emit(1, d1 + (d2 + d3))
    emit(2, fused(1 / 4, s3, fused(4, s2, s1)))
    emit(3, fused(1 / 4, d3, fused(4, d2, d1)))
    emit(4, fused(1 / 16, s3, fused(16, s2, s1 + x(7))))
  }
}

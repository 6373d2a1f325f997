/// Elementary functions of eight lanes, as short polynomials. A value gives the same bits in any
/// lane and at any place of an array, with any C library; the largest error is a few units in the
/// last place.
enum VectorMath {
  /// Eight numbers.
  typealias Lanes = SIMD8<Float>

  /// eˣ. Overflows to infinity above 88.72, reaches 0 below −103.98.
  @inline(__always)
  static func exp(_ x: Lanes) -> Lanes {
    let bounded = clamped(x, -110, 100)
    let (k, r) = reduced(bounded)
    let half = k &>> SIMD8(repeating: 1)
    // Two factors, because 2ᵏ itself may lie outside the normal numbers where eˣ does not.
    return (expm1Polynomial(r) + 1) * power(half) * power(k &- half)
  }

  /// The natural logarithm: −infinity at 0, not a number below.
  @inline(__always)
  static func log(_ x: Lanes) -> Lanes {
    let tiny = x .< Lanes(repeating: .leastNormalMagnitude)
    let normal = x.replacing(with: x * 0x1p24, where: tiny)
    let bits = unsafeBitCast(normal, to: SIMD8<Int32>.self)
    // Splits x into 2ᵏ·m with m in [√½, √2), by the distance of the bits to those of √½.
    let shifted = bits &- SIMD8(repeating: Int32(bitPattern: Float(0.5).squareRoot().bitPattern))
    let exponent = shifted &>> SIMD8(repeating: 23)
    let m = unsafeBitCast(bits &- (exponent &<< SIMD8(repeating: 23)), to: Lanes.self)
    let k =
      float(exponent) - Lanes(repeating: 0).replacing(with: 24, where: tiny)
    // ln m = 2·artanh((m − 1)/(m + 1)).
    let s = (m - 1) / (m + 1)
    let square = s * s
    var series = Lanes(repeating: 2.0 / 11)
    series = Lanes(repeating: 2.0 / 9).addingProduct(series, square)
    series = Lanes(repeating: 2.0 / 7).addingProduct(series, square)
    series = Lanes(repeating: 2.0 / 5).addingProduct(series, square)
    series = Lanes(repeating: 2.0 / 3).addingProduct(series, square)
    let small = (k * ln2Low).addingProduct(s * square, series)
    let result = (small + 2 * s).addingProduct(k, Lanes(repeating: ln2High))
    return
      result
      .replacing(with: -.infinity, where: x .== 0)
      .replacing(with: .nan, where: x .< 0)
      .replacing(with: x, where: x .== .infinity .| x .!= x)
  }

  /// The hyperbolic tangent.
  @inline(__always)
  static func tanh(_ x: Lanes) -> Lanes {
    let magnitude = clamped(x.replacing(with: -x, where: x .< 0), 0, 10)
    // With e = exp(−2|x|) − 1, which keeps its digits near 0: tanh|x| = −e/(e + 2).
    let (k, r) = reduced(-2 * magnitude)
    let scale = power(k)
    let e = (scale - 1).addingProduct(scale, expm1Polynomial(r))
    let result = -e / (e + 2)
    return result.replacing(with: -result, where: x .< 0)
  }

  /// 1 − tanh²x, the derivative of the hyperbolic tangent.
  @inline(__always)
  static func tanhDerivative(_ x: Lanes) -> Lanes {
    let square = x * x
    // The series alone does for |x| ≤ √⅛, where nearly all weights lie.
    var series = Lanes(repeating: 21_844.0 / 467_775)
    series = Lanes(repeating: -1382.0 / 14_175).addingProduct(series, square)
    series = Lanes(repeating: 62.0 / 315).addingProduct(series, square)
    series = Lanes(repeating: -17.0 / 45).addingProduct(series, square)
    series = Lanes(repeating: 2.0 / 3).addingProduct(series, square)
    series = Lanes(repeating: -1).addingProduct(series, square)
    series = Lanes(repeating: 1).addingProduct(series, square)
    // Written so that not-a-number is large.
    let isLarge = .!(square .<= 0.125)
    guard any(isLarge) else { return series }
    // 4e/(1 + e)² with e = exp(−2|x|), which keeps its digits where tanh² is near 1.
    let e = exp(-2 * x.replacing(with: -x, where: x .< 0))
    let inverse = 1 / (1 + e)
    return series.replacing(with: 4 * e * inverse * inverse, where: isLarge)
  }

  /// √x to a few units in the last place, for 0 and numbers from 10⁻³⁶ to 10³⁸; not a number below 0. The scalar
  /// instruction is no choice: Swift guards each of its uses by a branch for negative numbers.
  @inline(__always)
  static func squareRoot(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: SIMD8<Int32>.self)
    // Newton's method for 1/√x, from the guess that halves and negates the exponent.
    var y = unsafeBitCast(
      SIMD8(repeating: Int32(0x5f37_5a86)) &- (bits &>> SIMD8(repeating: 1)), to: Lanes.self)
    let half = 0.5 * x
    for _ in 0..<3 { y *= 1.5 - half * y * y }
    // One step for the root itself, which corrects the product's rounding.
    let root = x * y
    let refined = root + 0.5 * y * (x - root * root)
    return refined.replacing(with: .nan, where: x .< 0)
  }

  /// The logistic function 1/(1 + e⁻ˣ).
  @inline(__always)
  static func sigmoid(_ x: Lanes) -> Lanes { 1 / (1 + exp(-x)) }

  /// Sine and cosine of a full turn times `u`, for u in [0, 1].
  @inline(__always)
  static func sineAndCosine(turn u: Lanes) -> (sine: Lanes, cosine: Lanes) {
    let quarters = 4 * u
    let shifted = quarters + roundingShift
    let quadrant =
      unsafeBitCast(shifted, to: SIMD8<Int32>.self)
      &- unsafeBitCast(roundingShift, to: SIMD8<Int32>.self)
    let angle = (quarters - (shifted - roundingShift)) * (Float.pi / 2)
    let square = angle * angle
    var sine = Lanes(repeating: 1.0 / 362_880)
    sine = Lanes(repeating: -1.0 / 5040).addingProduct(sine, square)
    sine = Lanes(repeating: 1.0 / 120).addingProduct(sine, square)
    sine = Lanes(repeating: -1.0 / 6).addingProduct(sine, square)
    sine = angle.addingProduct(angle * square, sine)
    var cosine = Lanes(repeating: -1.0 / 3_628_800)
    cosine = Lanes(repeating: 1.0 / 40_320).addingProduct(cosine, square)
    cosine = Lanes(repeating: -1.0 / 720).addingProduct(cosine, square)
    cosine = Lanes(repeating: 1.0 / 24).addingProduct(cosine, square)
    cosine = Lanes(repeating: -0.5).addingProduct(cosine, square)
    cosine = Lanes(repeating: 1).addingProduct(cosine, square)
    let one = SIMD8<Int32>(repeating: 1)
    let two = SIMD8<Int32>(repeating: 2)
    let swapped = (quadrant & one) .== one
    let s = sine.replacing(with: cosine, where: swapped)
    let c = cosine.replacing(with: sine, where: swapped)
    return (
      s.replacing(with: -s, where: (quadrant & two) .== two),
      c.replacing(with: -c, where: ((quadrant &+ one) & two) .== two)
    )
  }

  /// y ← f(x) elementwise; x and y may be the same. The last, partial vector is padded with zeros
  /// and goes through the same f.
  @inline(__always)
  static func map(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int,
    _ f: (Lanes) -> Lanes
  ) {
    var i = 0
    while i + 8 <= count {
      let value = f(UnsafeRawPointer(x + i).loadUnaligned(as: Lanes.self))
      UnsafeMutableRawPointer(y + i).storeBytes(of: value, as: Lanes.self)
      i += 8
    }
    guard i < count else { return }
    var tail = Lanes(repeating: 0)
    for lane in 0..<count - i { tail[lane] = x[i + lane] }
    let value = f(tail)
    for lane in 0..<count - i { y[i + lane] = value[lane] }
  }
}

extension VectorMath {
  /// Adding and subtracting 1.5·2²³ rounds to the nearest whole number, ties to even, and leaves it
  /// in the lowest bits.
  @inline(__always)
  private static var roundingShift: Lanes { Lanes(repeating: 0x1.8p23) }
  @inline(__always)
  private static var ln2High: Float { 0x1.62e43p-1 }
  /// ln 2 − ln2High.
  @inline(__always)
  private static var ln2Low: Float { -0x1.05c61p-29 }

  /// Bounds that let not-a-number pass.
  @inline(__always)
  private static func clamped(_ x: Lanes, _ low: Float, _ high: Float) -> Lanes {
    x.replacing(with: low, where: x .< low).replacing(with: high, where: x .> high)
  }

  /// x = k·ln 2 + r with |r| ≤ ½·ln 2.
  @inline(__always)
  private static func reduced(_ x: Lanes) -> (k: SIMD8<Int32>, r: Lanes) {
    let shifted = roundingShift.addingProduct(x, Lanes(repeating: 0x1.715476p0))
    let whole = shifted - roundingShift
    let k =
      unsafeBitCast(shifted, to: SIMD8<Int32>.self)
      &- unsafeBitCast(roundingShift, to: SIMD8<Int32>.self)
    let r =
      x.addingProduct(whole, Lanes(repeating: -ln2High))
      .addingProduct(whole, Lanes(repeating: -ln2Low))
    return (k, r)
  }

  /// eʳ − 1 by its series; |r| ≤ ½·ln 2 leaves a relative error below 10⁻⁸.
  @inline(__always)
  private static func expm1Polynomial(_ r: Lanes) -> Lanes {
    var series = Lanes(repeating: 1.0 / 40_320)
    series = Lanes(repeating: 1.0 / 5040).addingProduct(series, r)
    series = Lanes(repeating: 1.0 / 720).addingProduct(series, r)
    series = Lanes(repeating: 1.0 / 120).addingProduct(series, r)
    series = Lanes(repeating: 1.0 / 24).addingProduct(series, r)
    series = Lanes(repeating: 1.0 / 6).addingProduct(series, r)
    series = Lanes(repeating: 0.5).addingProduct(series, r)
    return r.addingProduct(r * r, series)
  }

  /// 2ᵏ for k in −126…127.
  @inline(__always)
  private static func power(_ k: SIMD8<Int32>) -> Lanes {
    unsafeBitCast((k &+ SIMD8(repeating: 127)) &<< SIMD8(repeating: 23), to: Lanes.self)
  }

  /// Whole numbers below 2²² in magnitude as floats.
  @inline(__always)
  private static func float(_ k: SIMD8<Int32>) -> Lanes {
    let shift = unsafeBitCast(roundingShift, to: SIMD8<Int32>.self)
    return unsafeBitCast(k &+ shift, to: Lanes.self) - roundingShift
  }
}

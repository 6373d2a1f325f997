import Testing

@testable import Engine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite struct VectorMathTests {
  /// The largest error in units in the last place of the exact result, over a sweep of bit patterns
  /// (every `step`-th float of both signs).
  private func worst(
    step: UInt32, where isInDomain: (Float) -> Bool, _ f: (SIMD8<Float>) -> SIMD8<Float>,
    _ exact: (Double) -> Double
  ) -> Double {
    var worst = 0.0
    var lanes = SIMD8<Float>(repeating: 1)
    var filled = 0
    for pattern in stride(from: UInt32(0), to: .max - step, by: Int(step)) {
      let x = Float(bitPattern: pattern)
      guard x.isFinite, isInDomain(x) else { continue }
      lanes[filled] = x
      filled += 1
      guard filled == 8 else { continue }
      filled = 0
      let result = f(lanes)
      for lane in 0..<8 {
        let truth = exact(Double(lanes[lane]))
        let unit = Double(max(Float(truth).magnitude, .leastNormalMagnitude).ulp)
        worst = max(worst, abs(Double(result[lane]) - truth) / unit)
      }
    }
    return worst
  }

  @Test func `exp is within two units in the last place`() {
    let error = worst(
      step: 997, where: { $0 < 88.7 && $0 > -103 }, { VectorMath.exp($0) }, { exp($0) })
    #expect(error < 2)
  }

  @Test func `log is within three units in the last place`() {
    let error = worst(step: 997, where: { $0 > 0 }, { VectorMath.log($0) }, { log($0) })
    #expect(error < 3)
  }

  @Test func `the square root is within two units in the last place`() {
    let error = worst(
      step: 997, where: { $0 > 1e-36 && $0 < 1e38 }, { VectorMath.squareRoot($0) },
      { $0.squareRoot() })
    #expect(error < 2)
    let special = VectorMath.squareRoot(SIMD8(0, 1, 4, -1, .nan, 0.25, 9, .leastNonzeroMagnitude))
    #expect(special[0] == 0)
    #expect([special[1], special[2], special[5], special[6]] == [1, 2, 0.5, 3])
    #expect(special[3].isNaN && special[4].isNaN)
    #expect(special[7] >= 0 && special[7] < 1e-18)
  }

  @Test func `tanh is within four units in the last place`() {
    let error = worst(
      step: 997, where: { $0.magnitude > 1e-37 }, { VectorMath.tanh($0) }, { tanh($0) })
    #expect(error < 4)
  }

  @Test func `the derivative of tanh is within five units in the last place`() {
    let error = worst(
      step: 997, where: { $0.magnitude < 40 }, { VectorMath.tanhDerivative($0) },
      { 1 / (cosh($0) * cosh($0)) })
    #expect(error < 5)
  }

  @Test func `sigmoid is within three units in the last place`() {
    let error = worst(
      step: 997, where: { $0.magnitude < 80 }, { VectorMath.sigmoid($0) }, { 1 / (1 + exp(-$0)) })
    #expect(error < 3)
  }

  @Test func `sine and cosine of a turn are within a few rounding errors of 1`() {
    for k in stride(from: 0, through: 1 << 24, by: 1023) {
      let u = Float(k) * 0x1p-24
      let (sine, cosine) = VectorMath.sineAndCosine(turn: SIMD8(repeating: u))
      #expect(abs(Double(sine[3]) - sin(2 * .pi * Double(u))) < 2e-7)
      #expect(abs(Double(cosine[3]) - cos(2 * .pi * Double(u))) < 2e-7)
    }
  }

  @Test func `special values`() {
    let x = SIMD8<Float>(0, -0.0, .infinity, -.infinity, .nan, 1, 200, -200)
    let e = VectorMath.exp(x)
    #expect(e[0] == 1 && e[1] == 1 && e[2] == .infinity && e[3] == 0)
    #expect(e[4].isNaN && e[6] == .infinity && e[7] == 0)
    let l = VectorMath.log(x)
    #expect(l[0] == -.infinity && l[1] == -.infinity && l[2] == .infinity && l[3].isNaN)
    #expect(l[4].isNaN && l[5] == 0 && l[7].isNaN)
    let t = VectorMath.tanh(x)
    #expect(t[0] == 0 && t[2] == 1 && t[3] == -1 && t[4].isNaN && t[6] == 1 && t[7] == -1)
    let s = VectorMath.sigmoid(x)
    let d = VectorMath.tanhDerivative(x)
    #expect(d[0] == 1 && d[1] == 1 && d[2] == 0 && d[3] == 0 && d[4].isNaN && d[6] == 0)
    #expect(s[0] == 0.5 && s[2] == 1 && s[3] == 0 && s[4].isNaN && s[6] == 1 && s[7] == 0)
  }

  @Test func `a value gives the same bits wherever it stands in an array`() {
    for count in 1...33 {
      let x = (0..<count).map { Float($0) * 0.37 - 5 }
      var y = [Float](repeating: 0, count: count)
      VectorMath.map(x, to: &y, count: count) { VectorMath.tanh($0) }
      for i in 0..<count { #expect(y[i] == VectorMath.tanh(SIMD8(repeating: x[i]))[5]) }
    }
  }
}

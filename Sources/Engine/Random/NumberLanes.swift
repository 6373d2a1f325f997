import Model

extension PhiloxLanes {
  /// Four vectors of numbers for a group, in the order of its words.
  typealias Numbers = (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>)

  /// Uniform numbers in [0, 1): the multiples of 2⁻²⁴ that `RandomBits.uniform` gives.
  @inline(__always)
  func uniforms(_ group: Int) -> Numbers {
    let bits = self.group(group)
    return (
      Self.uniform(bits.0), Self.uniform(bits.1), Self.uniform(bits.2), Self.uniform(bits.3)
    )
  }

  /// Numbers of the standard normal distribution, by Box and Muller: words 0 and 1 give vectors 0
  /// and 1, words 2 and 3 the other two. None lies beyond ±5.77.
  @inline(__always)
  func normals(_ group: Int) -> Numbers {
    let bits = self.group(group)
    let first = Self.normalPair(bits.0, bits.1)
    let second = Self.normalPair(bits.2, bits.3)
    return (first.0, first.1, second.0, second.1)
  }

  /// Fills `values` with the numbers of successive groups from 0, the last one cut off.
  @inline(__always)
  func fill(_ values: UnsafeMutableBufferPointer<Float>, _ numbers: (Int) -> Numbers) {
    guard let base = values.baseAddress else { return }
    let whole = values.count / Self.groupSize
    for group in 0..<whole {
      Self.store(numbers(group), to: base + group * Self.groupSize)
    }
    let rest = whole * Self.groupSize..<values.count
    guard !rest.isEmpty else { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.groupSize) { last in
      guard let start = last.baseAddress else { return }
      Self.store(numbers(whole), to: start)
      for (offset, index) in rest.enumerated() { values[index] = last[offset] }
    }
  }

  @inline(__always)
  private static func store(_ numbers: Numbers, to target: UnsafeMutablePointer<Float>) {
    let target = UnsafeMutableRawPointer(target)
    target.storeBytes(of: numbers.0, as: SIMD8<Float>.self)
    target.storeBytes(of: numbers.1, toByteOffset: 32, as: SIMD8<Float>.self)
    target.storeBytes(of: numbers.2, toByteOffset: 64, as: SIMD8<Float>.self)
    target.storeBytes(of: numbers.3, toByteOffset: 96, as: SIMD8<Float>.self)
  }

  /// Eight uniform numbers in [0, 1) from their bits.
  @inline(__always)
  static func uniform(_ bits: SIMD8<UInt32>) -> SIMD8<Float> {
    wholeNumbers(bits &>> SIMD8(repeating: 8)) * 0x1p-24
  }

  /// Two independent normal vectors from two vectors of bits.
  @inline(__always)
  private static func normalPair(
    _ a: SIMD8<UInt32>, _ b: SIMD8<UInt32>
  ) -> (SIMD8<Float>, SIMD8<Float>) {
    // In (0, 1], so that the logarithm is finite.
    let u = uniform(a) + 0x1p-24
    let radius = (-2 * VectorMath.log(u)).squareRoot()
    let (sine, cosine) = VectorMath.sineAndCosine(turn: uniform(b))
    return (radius * cosine, radius * sine)
  }

  /// Whole numbers below 2²⁴ as floats, exactly.
  @inline(__always)
  private static func wholeNumbers(_ bits: SIMD8<UInt32>) -> SIMD8<Float> {
    let low = (bits & SIMD8(repeating: 0xFFF)) | SIMD8(repeating: Float(0x1p23).bitPattern)
    let high = (bits &>> SIMD8(repeating: 12)) | SIMD8(repeating: Float(0x1p35).bitPattern)
    return (unsafeBitCast(high, to: SIMD8<Float>.self) - 0x1p35)
      + (unsafeBitCast(low, to: SIMD8<Float>.self) - 0x1p23)
  }
}

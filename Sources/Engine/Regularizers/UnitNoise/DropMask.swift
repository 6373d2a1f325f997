import Model

/// The masks of one site under Dropout, which Shakeout shares: each unit of a sample is kept if its
/// 32 random bits reach a threshold. Factors are r = 0 for a dropped unit and 1/(1 − τ) for a kept
/// one, formed once.
struct DropMask {
  /// The kept units of a sample, one vector for a group of 32: bit w of lane l tells whether unit
  /// 8w + l of the group is kept.
  typealias Row = UnsafeMutablePointer<SIMD8<UInt32>>

  /// 1/(1 − τ), the factor of a kept unit.
  let keptFactor: Float
  /// Units of a sample.
  let units: Int
  /// Vectors in a row.
  let groups: Int
  private let stream: RandomStream
  private let threshold: UInt32

  /// The masks of `units` units that are dropped with probability `drop`.
  init(drop: Double, units: Int, stream: RandomStream) {
    keptFactor = Float(1 / (1 - drop))
    threshold = RandomBits.threshold(drop)
    self.units = units
    groups = PhiloxLanes.groups(covering: units)
    self.stream = stream
  }

  /// Draws the row of one sample of the batch at a training step.
  func draw(step: UInt64, sample: Int, into row: Row) {
    let lanes = PhiloxLanes(stream, position: step)
    let limit = SIMD8<UInt32>(repeating: threshold)
    let first = sample * groups
    for group in 0..<groups {
      let bits = lanes.group(first + group)
      row[group] =
        Self.bit(1, where: bits.0 .>= limit) | Self.bit(2, where: bits.1 .>= limit)
        | Self.bit(4, where: bits.2 .>= limit) | Self.bit(8, where: bits.3 .>= limit)
    }
  }

  /// y ← x∘r for one sample; x and y may be the same.
  func multiply(_ x: UnsafePointer<Float>, _ row: Row, into y: UnsafeMutablePointer<Float>) {
    let whole = units / PhiloxLanes.groupSize
    let factor = SIMD8<Float>(repeating: keptFactor)
    let source = UnsafeRawPointer(x)
    let target = UnsafeMutableRawPointer(y)
    for group in 0..<whole {
      let kept = row[group]
      for word in 0..<4 {
        let offset = (group * PhiloxLanes.groupSize + word * 8) * MemoryLayout<Float>.stride
        let values = source.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
        let product = (values * factor).replacing(
          with: 0, where: Self.isDropped(kept, 1 &<< UInt32(word)))
        target.storeBytes(of: product, toByteOffset: offset, as: SIMD8<Float>.self)
      }
    }
    for unit in whole * PhiloxLanes.groupSize..<units {
      y[unit] = isKept(unit, row) ? x[unit] * keptFactor : 0
    }
  }

  /// Whether a unit of the row's sample is kept.
  func isKept(_ unit: Int, _ row: Row) -> Bool {
    let (group, place) = unit.quotientAndRemainder(dividingBy: PhiloxLanes.groupSize)
    return row[group][place % 8] & (1 &<< UInt32(place / 8)) != 0
  }

  @inline(__always)
  private static func bit(
    _ bit: UInt32, where mask: SIMDMask<SIMD8<UInt32>.MaskStorage>
  ) -> SIMD8<UInt32> {
    SIMD8(repeating: 0).replacing(with: bit, where: mask)
  }

  @inline(__always)
  static func isDropped(
    _ kept: SIMD8<UInt32>, _ bit: UInt32
  ) -> SIMDMask<SIMD8<UInt32>.MaskStorage> {
    (kept & SIMD8(repeating: bit)) .== SIMD8(repeating: 0)
  }
}

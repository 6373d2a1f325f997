import Model

/// One random slope for each unit of each sample of a batch, drawn once in a training step: the middle
/// of one of 256 equal parts of a range, so that the mean is that of the range.
struct RandomSlopes {
  /// Units of one vector: byte w of lane l tells of unit 8w + l.
  private static let groupSize = 32
  /// The bytes of one sample.
  typealias Row = UnsafeMutablePointer<SIMD8<UInt32>>

  let range: SlopeRange
  /// Vectors of a sample, whole groups of random numbers.
  private let vectors: Int
  private let stream: RandomStream
  private let rows: Row

  /// - Parameter units: of a sample; those of the next begin as `KeptBits` has them.
  init(_ range: SlopeRange, units: Int, stream: RandomStream, context: LayerContext) {
    self.range = range
    self.stream = stream
    vectors = KeptBits.vectors(covering: units) * (KeptBits.groupSize / Self.groupSize)
    let count = context.lanes.capacity * vectors
    rows = UnsafeMutableRawPointer(context.arena.floats(count * 8))
      .bindMemory(to: SIMD8<UInt32>.self, capacity: count)
  }

  /// The row of a sample of the batch; those of following samples follow.
  @inline(__always)
  func row(_ sample: Int) -> Row { rows + sample * vectors }

  /// Draws the rows of some samples of the batch at a training step.
  func draw(step: UInt64, samples: Range<Int>) {
    let lanes = PhiloxLanes(stream, position: step)
    for group in samples.lowerBound * vectors / 4..<samples.upperBound * vectors / 4 {
      let words = lanes.group(group)
      let place = rows + 4 * group
      (place[0], place[1], place[2], place[3]) = words
    }
  }

  /// The slopes of eight units of a row, the first one a multiple of 8, as they lie in a range.
  @inline(__always)
  static func slope(_ row: Row, _ unit: Int, in range: SlopeRange) -> Vector {
    let place = SIMD8<UInt32>(repeating: UInt32(truncatingIfNeeded: unit & 24))
    // The byte becomes the first digits behind the point of a number from 1 on.
    let digits =
      ((row[unit >> 5] &>> place) &<< SIMD8(repeating: 15)) & SIMD8(repeating: 0xFF << 15)
    let number = unsafeBitCast(digits | SIMD8(repeating: Float(1).bitPattern), to: Vector.self)
    var slope = Vector(repeating: range.start)
    slope.accumulate(number, Vector(repeating: range.width))
    return slope
  }
}

/// A range of slopes.
struct SlopeRange {
  let lower: Float
  let width: Float
  /// What 1 + k/256 times the width is added to for the middle of part k.
  let start: Float

  init(lower: Double, upper: Double) {
    self.lower = Float(lower)
    width = Float(upper - lower)
    start = Float(lower - (upper - lower) * (1 - 1.0 / 512))
  }

  init(lower: Float, upper: Float) { self.init(lower: Double(lower), upper: Double(upper)) }
}

import Model

/// One random bit for each unit of each sample of a batch, drawn once in a training step: whether the
/// unit is kept.
///
/// A probability is drawn with as many random bits as it needs, to a thousandth of the rarer outcome's
/// probability and at most 24: one for ½, two for ¼, twelve for 0.95. Its binary digits, from the last
/// one on, say whether a random bit is joined to the result by "or" or by "and".
struct KeptBits {
  /// Units of one vector: bit w of lane l tells of unit 8w + l.
  static let groupSize = 256
  /// The bits of one sample.
  typealias Row = UnsafeMutablePointer<SIMD8<UInt32>>
  typealias Lanes = SIMDMask<SIMD8<UInt32>.MaskStorage>

  /// The probability's digits, the last one lowest.
  private let digits: UInt32
  private let digitCount: Int
  /// Vectors of a sample.
  private let vectors: Int
  private let stream: RandomStream
  private let rows: Row

  init(keep: Double, units: Int, stream: RandomStream, context: LayerContext) {
    (digits, digitCount) = Self.digits(of: keep)
    self.stream = stream
    vectors = Self.vectors(covering: units)
    let count = context.lanes.capacity * vectors
    rows = UnsafeMutableRawPointer(context.arena.floats(count * 8))
      .bindMemory(to: SIMD8<UInt32>.self, capacity: count)
  }

  /// The binary digits that a probability is drawn by.
  static func digits(of probability: Double) -> (digits: UInt32, count: Int) {
    let tolerance = min(probability, 1 - probability) / 1000
    for count in 0..<24 {
      let scale = Double(1 << count)
      let digits = (probability * scale).rounded()
      if abs(digits / scale - probability) <= tolerance { return (UInt32(digits), count) }
    }
    return (UInt32((probability * 0x1p24).rounded()), 24)
  }

  /// Vectors that hold so many units.
  static func vectors(covering units: Int) -> Int { (units + groupSize - 1) / groupSize }

  /// The row of a sample of the batch; those of following samples follow.
  @inline(__always)
  func row(_ sample: Int) -> Row { rows + sample * vectors }

  /// Draws the rows of some samples of the batch at a training step. A sample's bits start at a
  /// whole vector, so they depend on its place in the batch alone.
  func draw(step: UInt64, samples: Range<Int>) {
    let lanes = PhiloxLanes(stream, position: step)
    let groups = (digitCount + 3) / 4
    for vector in samples.lowerBound * vectors..<samples.upperBound * vectors {
      // Without digits the probability is 0 or 1.
      var kept = SIMD8<UInt32>(repeating: digitCount == 0 && digits > 0 ? ~0 : 0)
      for group in 0..<groups {
        let words = lanes.group(vector * groups + group)
        join(words.0, 4 * group, &kept)
        join(words.1, 4 * group + 1, &kept)
        join(words.2, 4 * group + 2, &kept)
        join(words.3, 4 * group + 3, &kept)
      }
      rows[vector] = kept
    }
  }

  @inline(__always)
  private func join(_ word: SIMD8<UInt32>, _ number: Int, _ kept: inout SIMD8<UInt32>) {
    guard number < digitCount else { return }
    kept = digits >> UInt32(number) & 1 == 1 ? kept | word : kept & word
  }

  /// Keeps every unit of some samples of the batch.
  func keepAll(samples: Range<Int>) {
    row(samples.lowerBound).update(repeating: ~SIMD8.zero, count: samples.count * vectors)
  }

  /// Calls `body` with the place of every eight numbers of a sample without gaps, those that a mask is
  /// dropped at, and the column of how many that must not be written beyond.
  @inline(__always)
  func forEachVector(
    of shape: FeatureShape, sample: Int, _ body: (Int, Lanes, _ column: Int, _ columns: Int) -> Void
  ) {
    let row = row(sample)
    shape.forEachUnitVector { body($0, Self.dropped(row, $1), $2, $3) }
  }

  /// Which of eight units of a row, the first one a multiple of 8, are dropped.
  @inline(__always)
  static func dropped(_ row: Row, _ unit: Int) -> Lanes {
    let bit = SIMD8<UInt32>(repeating: 1 &<< UInt32(truncatingIfNeeded: unit >> 3 & 31))
    return (row[unit >> 8] & bit) .== .zero
  }
}

extension FeatureShape {
  /// Calls `body` with the place of every eight numbers of a sample without gaps, the first one's unit,
  /// and the column of how many that must not be written beyond. A position's units begin with a whole
  /// vector of eight.
  @inline(__always)
  func forEachUnitVector(
    _ body: (_ place: Int, _ unit: Int, _ column: Int, _ columns: Int) -> Void
  ) {
    let isFlat = isVector || channels % 8 == 0
    let (runs, length) = isFlat ? (1, count) : (positions, channels)
    let padded = ChannelSums.padded(length)
    for run in 0..<runs {
      for column in stride(from: 0, to: length, by: 8) {
        body(run * length + column, run * padded + column, column, length)
      }
    }
  }
}

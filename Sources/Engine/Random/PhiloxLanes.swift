import Model

/// Philox 4×32-10 for eight consecutive block indices at a time, bit for bit what `Philox.block`
/// gives for each.
///
/// A group is eight blocks, 32 numbers: number 8w + l of group g is word w of block 8g + l, so that
/// every word vector covers eight neighbouring elements and nothing is transposed.
struct PhiloxLanes {
  /// Numbers in a group.
  static let groupSize = 32

  /// Groups that cover `count` numbers.
  static func groups(covering count: Int) -> Int { (count + groupSize - 1) / groupSize }

  /// The four word vectors of a group.
  typealias Group = (SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>)

  /// Four blocks, each word in the low half of a 64-bit lane. The upper halves hold rubbish, which
  /// the 32-bit multiplication ignores.
  private typealias Word = SIMD4<UInt64>

  private let stream: RandomStream
  private let positionLow: UInt32
  private let positionHigh: UInt32

  /// The numbers of `stream` at `position`.
  init(_ stream: RandomStream, position: UInt64) {
    self.stream = stream
    positionLow = UInt32(truncatingIfNeeded: position)
    positionHigh = UInt32(truncatingIfNeeded: position >> 32)
  }

  /// Blocks 8·`index` ..< 8·`index` + 8.
  @inline(__always)
  func group(_ index: Int) -> Group {
    let first = UInt64(UInt32(truncatingIfNeeded: index &* 8))
    // Even blocks in one half and odd blocks in the other, so that joining the halves again is a
    // shift and an or.
    let even = Word(repeating: first) &+ Word(0, 2, 4, 6)
    let odd = Word(repeating: first) &+ Word(1, 3, 5, 7)
    let low = Word(repeating: UInt64(positionLow))
    let high = Word(repeating: UInt64(positionHigh))
    let domain = Word(repeating: UInt64(stream.domain))
    var a = (even, low, high, domain)
    var b = (odd, low, high, domain)
    // Written out, so that the round keys are spread over lanes once for a whole loop of groups.
    rounds(0, &a, &b)
    rounds(1, &a, &b)
    rounds(2, &a, &b)
    rounds(3, &a, &b)
    rounds(4, &a, &b)
    rounds(5, &a, &b)
    rounds(6, &a, &b)
    rounds(7, &a, &b)
    rounds(8, &a, &b)
    rounds(9, &a, &b)
    return (
      Self.join(a.0, b.0), Self.join(a.1, b.1), Self.join(a.2, b.2), Self.join(a.3, b.3)
    )
  }

  /// Round `number` of both halves.
  @inline(__always)
  private func rounds(
    _ number: UInt32, _ a: inout (Word, Word, Word, Word), _ b: inout (Word, Word, Word, Word)
  ) {
    let key0 = Word(repeating: UInt64(stream.key[0] &+ number &* 0x9E37_79B9))
    let key1 = Word(repeating: UInt64(stream.key[1] &+ number &* 0xBB67_AE85))
    a = Self.round(a, key0, key1)
    b = Self.round(b, key0, key1)
  }

  @inline(__always)
  private static func round(
    _ c: (Word, Word, Word, Word), _ key0: Word, _ key1: Word
  ) -> (Word, Word, Word, Word) {
    let half = Word(repeating: 0xFFFF_FFFF)
    let shift = Word(repeating: 32)
    let a = Word(repeating: 0xD251_1F53) &* (c.0 & half)
    let b = Word(repeating: 0xCD9E_8D57) &* (c.2 & half)
    return ((b &>> shift) ^ c.1 ^ key0, b, (a &>> shift) ^ c.3 ^ key1, a)
  }

  @inline(__always)
  private static func join(_ even: Word, _ odd: Word) -> SIMD8<UInt32> {
    let joined = (even & Word(repeating: 0xFFFF_FFFF)) | (odd &<< Word(repeating: 32))
    return unsafeBitCast(joined, to: SIMD8<UInt32>.self)
  }
}

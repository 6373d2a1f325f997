import Testing

@testable import Engine

@Suite struct ArenaTests {
  @Test func `arrays are aligned and apart`() {
    let arena = Arena()
    var ranges: [Range<UInt>] = []
    for count in [1, 15, 16, 17, 1000, 3_000_000, 5] {
      let array = arena.floats(count)
      let start = UInt(bitPattern: array)
      #expect(start % 64 == 0)
      array.update(repeating: 1, count: count)
      ranges.append(start..<start + UInt(count + Arena.slack) * 4)
      let integers = arena.integers(count)
      integers.update(repeating: 1, count: count)
      let place = UInt(bitPattern: integers)
      ranges.append(place..<place + UInt(count) * 4)
    }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    #expect(arena.byteCount >= 4 * 3_000_000)
  }
}

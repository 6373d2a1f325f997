import Testing

@testable import Model

@Suite struct PermutationTests {
  private let stream = RandomRoot(seed: 1, trial: 0).stream(.order, "test")

  @Test(arguments: [0, 1, 2, 3, 10, 1000])
  func `is a permutation`(count: Int) {
    let order = Permutation.random(count: count, stream: stream, position: 3)
    #expect(order.sorted() == Array(0..<count))
  }

  @Test func `is fixed for ever`() {
    #expect(
      Permutation.random(count: 10, stream: stream, position: 0)
        == [4, 7, 9, 8, 6, 3, 5, 2, 0, 1])
  }

  @Test func `depends on stream and position`() {
    let other = RandomRoot(seed: 1, trial: 0).stream(.order, "other")
    let order = Permutation.random(count: 100, stream: stream, position: 0)
    #expect(order == Permutation.random(count: 100, stream: stream, position: 0))
    #expect(order != Permutation.random(count: 100, stream: stream, position: 1))
    #expect(order != Permutation.random(count: 100, stream: other, position: 0))
  }

  @Test func `all orders of four are equally likely`() {
    var counts: [[Int]: Int] = [:]
    let draws = 24_000
    for position in 0..<draws {
      counts[
        Permutation.random(count: 4, stream: stream, position: UInt64(position)), default: 0] += 1
    }
    let expected = Double(draws) / 24
    let chiSquare = counts.values.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    #expect(counts.count == 24)
    // The 99.9 % quantile of χ² with 23 degrees of freedom.
    #expect(chiSquare < 49.73)
  }

  @Test func `every element comes to every place equally often`() {
    let (count, draws) = (20, 4000)
    var table = [Int](repeating: 0, count: count * count)
    for position in 0..<draws {
      let order = Permutation.random(count: count, stream: stream, position: UInt64(position))
      for (place, element) in order.enumerated() { table[place * count + element] += 1 }
    }
    let expected = Double(draws) / Double(count)
    let chiSquare = table.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // The 99.9 % quantile of χ² with 19² degrees of freedom.
    #expect(chiSquare < 449.6)
  }
}

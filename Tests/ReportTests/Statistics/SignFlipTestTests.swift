import Report
import Testing

@Suite struct SignFlipTestTests {
  @Test func `all positive is the smallest attainable`() throws {
    let test = try #require(SignFlipTest([0.3, 0.1, 0.4, 0.2, 0.7]))
    #expect(test.p == 1.0 / 32)
    #expect(test.smallestAttainable == 1.0 / 32)
  }

  @Test func `counts patterns with at least the sum`() throws {
    // Of ±1 ±2 ±4 the sums are −7, −5, …, 7; at least 5 are two of eight.
    #expect(try #require(SignFlipTest([-1, 2, 4])).p == 2.0 / 8)
    #expect(try #require(SignFlipTest([1, 2, -4])).p == 5.0 / 8)
    #expect(try #require(SignFlipTest([-1, -2, -4])).p == 1)
  }

  @Test func `equal sizes tie despite rounding`() throws {
    // Two of three positive and equal: 4 of 8 patterns have at least two plus signs.
    #expect(try #require(SignFlipTest([0.1, 0.1, -0.1])).p == 4.0 / 8)
    #expect(try #require(SignFlipTest([0.1, -0.1, 0.1])).p == 4.0 / 8)
  }

  @Test func `zeros raise the smallest attainable`() throws {
    let test = try #require(SignFlipTest([0, 1, 2]))
    #expect(test.p == 2.0 / 8)
    #expect(test.smallestAttainable == 2.0 / 8)
  }

  @Test func `one to twenty differences can be tested`() throws {
    #expect(SignFlipTest([]) == nil)
    #expect(SignFlipTest([Double](repeating: 1, count: 21)) == nil)
    let most = try #require(SignFlipTest((1...20).map { Double($0) / 10 }))
    #expect(most.p == 1.0 / 1_048_576)
  }
}
